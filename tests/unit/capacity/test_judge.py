"""Promises that do not fit, in the region of conftest.py: north has 230 vcpus and 1800 GiB of ssd to promise."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.capacity.judge import judge_capacity
from orchestrator.capacity.region import region_capacity
from orchestrator.capacity.shortfall import shortfalls
from orchestrator.model.capacity import Resource
from orchestrator.model.finding import Finding, ObjectRef, Position, Severity
from orchestrator.model.fit import Promise, Shortfall
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, QuotaRequest

GIB = 2**30


def judged(specs: Specs) -> tuple[Finding, ...]:
    return judge_capacity(specs, lambda ref, _: Position(file=f"{ref.kind}/{ref.name}.yaml"))


def found(specs: Specs, promise: Promise) -> tuple[Shortfall, ...]:
    return tuple(one for one in shortfalls(specs, region_capacity(specs)) if one.promise is promise)


def with_guarantee(specs: Specs, tenant: str, guarantee: Guarantee) -> Specs:
    changed = replace(specs.tenants[tenant], guarantee=guarantee)
    return replace(specs, tenants={**specs.tenants, tenant: changed})


def test_shares_that_fit_exactly_are_no_finding(specs: Specs) -> None:
    """230 of 230 vcpus, 1800 of 1800 GiB on ssd."""
    assert found(specs, Promise.GUARANTEED) == ()


def test_one_vcpu_too_many_is_refused_with_what_is_missing_where_and_by_whom(specs: Specs) -> None:
    """Beta asks 131: 231 of 230."""
    over = with_guarantee(specs, "beta", Guarantee(vcpus=131))
    (shortfall,) = found(over, Promise.GUARANTEED)
    assert (shortfall.site, shortfall.resource, shortfall.missing) == ("north", Resource.VCPUS, 1)
    assert shortfall.tenants == (("beta", 131), ("alpha", 100))
    (finding,) = (one for one in judged(over) if one.code == "CAP001")
    assert finding.severity is Severity.ERROR
    assert finding.object == ObjectRef(kind="Site", name="north")
    assert str(finding.position) == "Site/north.yaml:1:1"
    assert "1 of vcpus missing (231 promised, 230 there after the reserve)" in finding.message
    assert "beta 131, alpha 100" in finding.message


def test_tiers_of_one_pool_are_judged_together(specs: Specs) -> None:
    """1000 GiB of fast and 801 of secure fit each alone, together 1 GiB is missing."""
    over = with_guarantee(specs, "beta", Guarantee(storage_gib={"secure": 801}))
    (shortfall,) = found(over, Promise.GUARANTEED)
    assert (shortfall.pool, shortfall.tiers, shortfall.missing) == ("ssd", ("fast", "secure"), GIB)


def test_a_share_of_a_tier_that_the_site_does_not_offer_is_missing_as_a_whole(specs: Specs) -> None:
    """South has no hdd."""
    over = with_guarantee(specs, "gamma", Guarantee(storage_gib={"slow": 3}))
    (shortfall,) = found(over, Promise.GUARANTEED)
    assert (shortfall.site, shortfall.wanted, shortfall.available) == ("south", 3 * GIB, 0)


def test_oversold_quotas_are_a_warning(specs: Specs) -> None:
    """South has nothing to promise after the loss of its only host; gamma's quota is 20 vcpus and 64 GiB."""
    warnings = [one for one in judged(specs) if one.code == "CAP002"]
    assert {(one.severity, str(one.object)) for one in warnings} == {(Severity.WARNING, "Site south")}
    assert [shortfall.resource for shortfall in found(specs, Promise.DECLARED)] == [Resource.VCPUS, Resource.MEMORY]
    assert any("64 GiB of memory missing" in one.message for one in warnings)


def test_more_floating_ips_than_addresses_is_a_warning_of_the_region(specs: Specs) -> None:
    """Ten addresses, eleven promised: 7 + 2 + 2."""
    request = QuotaRequest(size="small", overrides={"floatingIPs": 7})
    over = replace(specs, tenants={**specs.tenants, "alpha": replace(specs.tenants["alpha"], quota=request)})
    (finding,) = (one for one in judged(over) if one.object == ObjectRef(kind="Region", name="region"))
    assert (finding.code, finding.path) == ("CAP002", ("spec", "externalNetworks"))


def test_a_long_list_of_tenants_is_cut_and_counted(specs: Specs) -> None:
    """Five are named, the largest first."""
    beta = specs.tenants["beta"]
    crowd = {f"t{n}": replace(beta, name=f"t{n}", guarantee=Guarantee(vcpus=n)) for n in range(40, 47)}
    (finding,) = (one for one in judged(replace(specs, tenants=crowd)) if one.code == "CAP001")
    assert "t46 46, t45 45, t44 44, t43 43, t42 42 and 2 more" in finding.message
