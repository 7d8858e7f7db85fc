"""kgCO2e of a region's hosts in a year: their energy, and the part of their making that falls on the year.

Energy counts whether anybody uses it: what hosts draw when idle is told apart. The making of a host is what its
manufacturer states (`embodiedKgCO2e`), in equal parts over the years of its amortisation, like its price; longer use
counts 0. A refurbished host counts what its refurbisher states: its first life has borne the making.
Networks, buildings and members' own devices are in no spec and not counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from orchestrator.model.running_cost import DEFAULT_LOAD, energy_by_site, exact, yearly_amortisation
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """kgCO2e of a year. `idle`: the part of `operational` that hosts draw with nothing to do.

    `unstated`: hosts, not refurbished, whose making nobody states: `embodied` is too low by theirs.
    """

    operational: Fraction
    idle: Fraction
    embodied: Fraction
    hosts: int
    unstated: int
    refurbished: int

    @property
    def total(self) -> Fraction:
        return self.operational + self.embodied


def footprint(specs: Specs, day: dt.date, load: Fraction = DEFAULT_LOAD) -> Footprint:
    """Of the year that begins on the day, as if nothing changed in it."""
    hosts = tuple(specs.hosts.values())
    return Footprint(
        operational=_of_energy(specs, load),
        idle=_of_energy(specs, Fraction()),
        embodied=sum((_embodied(host, day) for host in hosts), Fraction()),
        hosts=len(hosts),
        unstated=sum(1 for host in hosts if host.embodied_kgco2e is None and not host.purchase.refurbished),
        refurbished=sum(1 for host in hosts if host.purchase.refurbished),
    )


def _of_energy(specs: Specs, load: Fraction) -> Fraction:
    energy = energy_by_site(specs, load)
    return sum(
        (kwh * exact(specs.sites[site].energy.carbon_g_per_kwh) / 1000 for site, kwh in energy.items()), Fraction()
    )


def _embodied(host: Host, day: dt.date) -> Fraction:
    """While its price is amortised, its making is."""
    if host.embodied_kgco2e is None or not yearly_amortisation(host, day):
        return Fraction()
    return exact(host.embodied_kgco2e) / host.purchase.amortisation_years
