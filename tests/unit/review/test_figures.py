"""Euros and kgCO2e of small regions, computed by hand beside."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from example_region import example_specs

from orchestrator.model.footprint import footprint
from orchestrator.model.running_cost import running_cost, yearly_amortisation, yearly_kwh
from orchestrator.model.sharing_key import sharing_key
from orchestrator.model.site import Energy, Host, Power, Purchase
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, QuotaRequest, TenantState

DAY = dt.date(2026, 6, 1)
HALF = Fraction(1, 2)


def region(**host: object) -> Specs:
    """One site, one host: 100 to 300 W, 7000 EUR over 7 years, 1400 kg; PUE 1.5, 0.20 EUR and 50 g a kWh."""
    specs = example_specs()
    name, first = next(iter(specs.hosts.items()))
    site = specs.sites[first.site]
    values = {
        "power": Power(idle_watts=100, max_watts=300),
        "purchase": Purchase(date=dt.date(2024, 1, 1), price=7000.0, amortisation_years=7),
        "embodied_kgco2e": 1400.0,
        "owner": specs.region.name,
        **host,
    }
    energy = Energy(pue=1.5, carbon_g_per_kwh=50.0, price_per_kwh=0.2)
    return replace(
        specs,
        hosts={name: replace(first, **values)},  # type: ignore[arg-type] # each value has its field's type
        sites={site.name: replace(site, energy=energy)},
    )


def the_host(specs: Specs) -> Host:
    return next(iter(specs.hosts.values()))


@pytest.mark.parametrize(("load", "watts"), [(Fraction(), 100), (HALF, 200), (Fraction(1), 300)])
def test_power_goes_from_idle_to_most_in_a_straight_line(load: Fraction, watts: int) -> None:
    """8760 hours a year."""
    assert yearly_kwh(the_host(region()), load) == Fraction(watts * 8760, 1000)


def test_investment_and_operation_are_told_apart() -> None:
    """7000 EUR over 7 years; 200 W x 8760 h x 1.5 x 0.20 EUR."""
    cost = running_cost(region(), DAY, HALF)
    assert (cost.investment, cost.lent, cost.purchases) == (1000, 0, 7000)
    assert cost.energy_kwh == 2628
    assert cost.operation == Fraction("525.6")


def test_an_amortised_host_costs_its_energy_alone() -> None:
    """From the day on which its last year is over; 29 February has a day after in every year."""
    host = the_host(region())
    assert yearly_amortisation(host, dt.date(2030, 12, 31)) == 1000
    assert yearly_amortisation(host, dt.date(2031, 1, 1)) == 0
    leap = replace(host, purchase=replace(host.purchase, date=dt.date(2024, 2, 29)))
    assert yearly_amortisation(leap, dt.date(2031, 2, 28)) == 0
    cost = running_cost(region(), dt.date(2031, 1, 1), HALF)
    assert (cost.investment, cost.operation, cost.amortised) == (0, Fraction("525.6"), 1)


def test_a_lent_host_is_its_owners_investment() -> None:
    """Its energy is everybody's: it hangs on the site's feed."""
    cost = running_cost(region(owner="saintes"), DAY, HALF)
    assert (cost.investment, cost.lent, cost.purchases) == (0, 1000, 0)
    assert cost.operation == Fraction("525.6")


def test_footprint_is_energy_with_its_idle_part_and_making() -> None:
    """2628 kWh x 50 g, 1314 of them idle; 1400 kg over 7 years."""
    found = footprint(region(), DAY, HALF)
    assert (found.operational, found.idle, found.embodied) == (Fraction("131.4"), Fraction("65.7"), 200)
    assert found.total == Fraction("331.4")


def test_what_nobody_states_is_counted_as_unknown() -> None:
    """Unless the host is refurbished: its first life has borne the making."""
    found = footprint(region(embodied_kgco2e=None), DAY, HALF)
    assert (found.embodied, found.unstated) == (0, 1)
    bought = Purchase(date=dt.date(2024, 1, 1), price=7000.0, amortisation_years=7, refurbished=True)
    second = footprint(region(embodied_kgco2e=None, purchase=bought), DAY, HALF)
    assert (second.embodied, second.unstated, second.refurbished) == (0, 0, 1)


def members(*shares: tuple[int, int, int], **more: object) -> Specs:
    """A tenant for each (guaranteed cores, guaranteed MiB, multiplier of the quota)."""
    specs = example_specs()
    tenant = next(iter(specs.tenants.values()))
    made = {}
    for index, (vcpus, memory, multiplier) in enumerate(shares):
        share = Guarantee(vcpus=vcpus, memory_mib=memory)
        quota = QuotaRequest(size=tenant.quota.size, multiplier=float(multiplier))
        name = f"member-{index}"
        made[name] = replace(tenant, name=name, guarantee=share, quota=quota)
    return replace(specs, tenants=made)


def test_the_key_is_half_guaranteed_half_quota() -> None:
    """1 of 4 cores and 1 of 2 GiB guaranteed is 3/8 of that half; one of two equal quotas is 1/2 of the other."""
    key = sharing_key(members((1, 1024, 1), (3, 1024, 1)))
    assert key == {"member-0": (Fraction(3, 8) + HALF) / 2, "member-1": (Fraction(5, 8) + HALF) / 2}
    assert sum(key.values()) == 1


def test_the_key_leaves_out_what_nobody_has() -> None:
    """Without any guaranteed share quotas part everything: 1 to 3."""
    assert sharing_key(members((0, 0, 1), (0, 0, 3))) == {"member-0": Fraction(1, 4), "member-1": Fraction(3, 4)}


def test_a_retired_member_bears_nothing() -> None:
    """Nothing is promised to it any more."""
    specs = members((1, 1024, 1), (1, 1024, 1))
    gone = replace(specs.tenants["member-1"], state=TenantState.RETIRED)
    assert sharing_key(replace(specs, tenants={**specs.tenants, "member-1": gone})) == {"member-0": 1}
