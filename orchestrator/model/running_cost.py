"""What a region costs its operator in a year: investment and operation apart, as public accounting wants them.

Investment is what hosts were bought for, in equal parts over the years of their amortisation; afterwards nothing.
Operation is the energy of every host that is written, in maintenance or not: it hangs on its feed. Staff, buildings,
licences and lines are in no spec and not counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from orchestrator.model.site import Host
from orchestrator.model.specs import Specs

HOURS_A_YEAR: Final = 8760
DEFAULT_LOAD: Final = Fraction(1, 2)
"""Between idle (0) and all that a host can draw (1), where nobody has measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCost:
    """A year, in the region's currency. `lent`: amortisation of hosts that members own and bear themselves.

    `purchases`: what all hosts of the operator were bought for, whenever; `energy_kwh`: at the meter of the buildings.
    """

    investment: Fraction
    lent: Fraction
    operation: Fraction
    purchases: Fraction
    energy_kwh: Fraction
    amortised: int  # hosts that cost no more than their energy


def running_cost(specs: Specs, day: dt.date, load: Fraction = DEFAULT_LOAD) -> RunningCost:
    """Of the year that begins on the day, as if nothing changed in it."""
    own = [host for host in specs.hosts.values() if host.owner == specs.region.name]
    lent = [host for host in specs.hosts.values() if host.owner != specs.region.name]
    energy = energy_by_site(specs, load)
    return RunningCost(
        investment=sum((yearly_amortisation(host, day) for host in own), Fraction()),
        lent=sum((yearly_amortisation(host, day) for host in lent), Fraction()),
        operation=sum(
            (kwh * exact(specs.sites[site].energy.price_per_kwh) for site, kwh in energy.items()), Fraction()
        ),
        purchases=sum((exact(host.purchase.price) for host in own), Fraction()),
        energy_kwh=sum(energy.values(), Fraction()),
        amortised=sum(1 for host in specs.hosts.values() if not yearly_amortisation(host, day)),
    )


def yearly_amortisation(host: Host, day: dt.date) -> Fraction:
    """0 after the last year; a host that will be bought counts already, for its buying is what is decided."""
    bought = host.purchase
    if not bought.amortisation_years or day >= _years_later(bought.date, bought.amortisation_years):
        return Fraction()
    return exact(bought.price) / bought.amortisation_years


def energy_by_site(specs: Specs, load: Fraction) -> Mapping[str, Fraction]:
    """Energy of a year in kWh by site, cooling and losses of the building (PUE) included."""
    return {
        site.name: sum(
            (
                yearly_kwh(host, load) * exact(site.energy.pue)
                for host in specs.hosts.values()
                if host.site == site.name
            ),
            Fraction(),
        )
        for site in specs.sites.values()
    }


def yearly_kwh(host: Host, load: Fraction) -> Fraction:
    """Of the machine alone: from idle to all it can draw, in a straight line."""
    idle, most = host.power.idle_watts, host.power.max_watts
    return (idle + (most - idle) * load) * HOURS_A_YEAR / 1000


def exact(number: float) -> Fraction:
    """As written: 0.1 is one tenth."""
    return Fraction(str(number))


def _years_later(day: dt.date, years: int) -> dt.date:
    year = min(day.year + years, dt.MAXYEAR)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
