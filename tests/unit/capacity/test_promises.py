"""The judgement as figures: what is missing, what is without a host, how much of the supply is promised."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from orchestrator.capacity.ground import Ground, ground
from orchestrator.capacity.judgement import judgement
from orchestrator.capacity.promises import missing, unplaced
from orchestrator.capacity.ratio import ratios
from orchestrator.capacity.region import ground_capacity, region_capacity
from orchestrator.capacity.what_if.sweep import sweep
from orchestrator.model.capacity import GIB, Resource
from orchestrator.model.catalogue import Flavor
from orchestrator.model.fit import Promise
from orchestrator.model.headroom import Lost
from orchestrator.model.region import FailureDomain, Reserve
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, Server, Survives


def missing_of(specs: Specs) -> dict[tuple[Promise, str, Resource, str], int]:
    given = ground(specs)
    found = missing(ground_capacity(given), judgement(given))
    return {(promise, line.site, line.resource, line.tier): amount for promise, line, amount in found}


def test_what_is_missing_is_the_judgements_and_0_elsewhere(specs: Specs) -> None:
    """Guaranteed at north 1800 GiB of ssd, of which 2000 x 0.9 may be: fits; with 100 more 100 are missing."""
    fits = missing_of(specs)
    assert {amount for (promise, *_), amount in fits.items() if promise is Promise.GUARANTEED} == {0}
    assert len(fits) == len(judged_cells(specs))
    more = replace(specs.tenants["beta"], guarantee=Guarantee(vcpus=130, storage_gib={"secure": 900}))
    short = missing_of(replace(specs, tenants={**specs.tenants, "beta": more}))
    for tier in ("fast", "secure"):
        assert short[Promise.GUARANTEED, "north", Resource.STORAGE, tier] == 100 * GIB
    assert short[Promise.GUARANTEED, "north", Resource.STORAGE, "slow"] == 0


def judged_cells(specs: Specs) -> list[tuple[Promise, str]]:
    """Guaranteed: vcpus, memory, storage; declared: these and addresses; nothing of disks and servers."""
    lines = [line for line in region_capacity(specs).sites if line.resource is not Resource.SERVERS]
    hosts = [line for line in lines if line.resource in {Resource.VCPUS, Resource.MEMORY, Resource.STORAGE}]
    addresses = [line for line in lines if line.resource is Resource.FLOATING_IPS]
    return [(promise, line.site) for promise in Promise for line in hosts] + [
        (Promise.DECLARED, line.site) for line in addresses
    ]


@pytest.fixture
def huge(specs: Specs) -> Specs:
    """Alpha at north has one server of 300 GiB, which only b1 (of 360) takes; the loss of any rack is to be survived.

    a1, a2 hang in r1, b1 in r2.
    """
    flavor = Flavor(name="huge", vcpus=8, memory_mib=300 * 1024, disk_gib=0)
    server = Server(name="db", display_name="db", project="alpha", flavor="huge", image="i", networks=())
    share = Guarantee(vcpus=8, memory_mib=300 * 1024)
    tenants = {name: replace(one, guarantee=Guarantee()) for name, one in specs.tenants.items()}
    racks = {"b1": "r2"}
    return replace(
        specs,
        region=replace(specs.region, reserve=Reserve(failure_domain=FailureDomain.RACK)),
        hosts={name: replace(host, rack=racks.get(name, "r1")) for name, host in specs.hosts.items()},
        catalogue=replace(specs.catalogue, flavors={"huge": flavor}),
        tenants={**tenants, "alpha": replace(tenants["alpha"], guarantee=share, servers=(server,))},
    )


def unplaced_at(given: Ground, site: str) -> dict[Lost, int]:
    return {lost: number for where, lost, number in unplaced(given) if where == site}


def test_tenants_without_a_host_are_counted_by_the_worst_loss(huge: Specs) -> None:
    """b1 alone, or with its rack, is what alpha does not outlive, promised or not; that of the site it need not."""
    expected = {Lost.NONE: 0, Lost.HOST: 1, Lost.RACK: 1, Lost.SITE: 0}
    assert unplaced_at(ground(huge), "north") == expected
    assert unplaced_at(ground(huge), "south") == {**expected, Lost.HOST: 0, Lost.RACK: 0}
    for reserve in (Reserve(), Reserve(hosts=1)):
        assert unplaced_at(ground(replace(huge, region=replace(huge.region, reserve=reserve))), "north") == expected


def test_shares_that_survive_nothing_are_not_asked_after_a_loss(huge: Specs) -> None:
    """They must fit while nothing is lost; one that survives its site must fit at another."""
    alpha = huge.tenants["alpha"]
    for survives, after in ((Survives.NONE, (0, 0, 0)), (Survives.SITE, (1, 1, 1))):
        own = replace(alpha, guarantee=replace(alpha.guarantee, survives=survives))
        found = unplaced_at(ground(replace(huge, tenants={**huge.tenants, "alpha": own})), "north")
        assert tuple(found.values()) == (0, *after)


def test_the_judgement_what_if_and_the_figures_agree(huge: Specs) -> None:
    """Tenants by kind of loss, as `what-if --each` lists them and as CAP003 and CAP004 refuse them."""
    given = ground(huge)
    smaller = {Resource.VCPUS: 256, Resource.MEMORY: 270 * GIB}
    hosts = tuple(replace(host, allocatable=smaller) if host.name == "b1" else host for host in given.hosts)
    for one in (given, replace(given, hosts=hosts)):
        figures = unplaced_at(one, "north")
        judged = judgement(one)
        for misfit in judged.misfits:
            assert figures[Lost(misfit.loss.kind.value) if misfit.loss else Lost.NONE] == len(misfit.tenants)
        assert judged.misfits or judged.guaranteed
        for kind in (FailureDomain.HOST, FailureDomain.RACK, FailureDomain.SITE):
            lines = [line.misfit for line in sweep(one, kind) if line.domain.site == "north"]
            assert figures[Lost(kind.value)] == max(len(misfit.tenants) if misfit else 0 for misfit in lines)


def test_feeds_are_told_where_the_reserve_names_them(huge: Specs) -> None:
    """b1 hangs on feed A alone, the others on both."""
    hosts = {name: replace(one, feeds=("A",) if name == "b1" else ("A", "B")) for name, one in huge.hosts.items()}
    reserve = Reserve(failure_domain=FailureDomain.FEED)
    specs = replace(huge, hosts=hosts, region=replace(huge.region, reserve=reserve))
    assert unplaced_at(ground(specs), "north")[Lost.FEED] == 1
    assert Lost.FEED not in unplaced_at(ground(huge), "north")


def test_ratios_are_promise_over_what_may_be_handed_out(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Tiers of one pool have the ratio of all of them; nothing to hand out is infinite, nothing asked of it 0."""
    capacity = region_capacity(specs)
    found = {(one.site, one.resource, one.tier): ratio for one, ratio in ratios(capacity, Promise.DECLARED)}
    lines = {(one.site, one.resource, one.tier): one for one in capacity.sites}
    vcpus = lines["north", Resource.VCPUS, ""]
    assert found["north", Resource.VCPUS, ""] == (vcpus.declared or 0) / (vcpus.allocatable or 0)
    assert found["north", Resource.STORAGE, "fast"] == found["north", Resource.STORAGE, "secure"] == 300 / 1800
    assert ("north", Resource.DISK, "") not in found
    off = region_capacity(specs, replace(snapshot, hypervisors=snapshot.hypervisors[3:4]))
    ratios_off = {(one.site, one.resource): ratio for one, ratio in ratios(off, Promise.DECLARED)}
    assert ratios_off["south", Resource.VCPUS] == math.inf
    idle = {(one.site, one.resource): ratio for one, ratio in ratios(off, Promise.GUARANTEED)}
    assert idle["south", Resource.VCPUS] == 0


def test_the_reserve_is_what_is_kept_back(specs: Specs, snapshot: InventorySnapshot) -> None:
    """North: b1's 360 GiB and 10 % of the other 360; each tier's pool 10 %; with it all that could be handed out."""
    lines = {(one.site, one.resource, one.tier): one for one in region_capacity(specs).sites}
    memory = lines["north", Resource.MEMORY, ""]
    assert (memory.reserve, memory.allocatable) == (396 * GIB, 324 * GIB)
    assert lines["north", Resource.STORAGE, "fast"].reserve == 200 * GIB
    assert lines["", Resource.FLOATING_IPS, ""].reserve == 0
    large = next(
        one for one in region_capacity(specs).aggregates if (one.aggregate, one.resource) == ("large", Resource.MEMORY)
    )
    assert (large.reserve, large.allocatable) == (360 * GIB, 0)


def test_used_is_what_pools_and_networks_say(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Size less what is free, of a pool whose site can be told; addresses with the routers'. Nothing said: unknown."""
    pools = tuple(replace(pool, zone="north") for pool in snapshot.pools)
    lines = {
        (one.site, one.resource, one.tier): one for one in region_capacity(specs, replace(snapshot, pools=pools)).sites
    }
    assert lines["north", Resource.STORAGE, "fast"].used == 25 * GIB
    assert lines["north", Resource.STORAGE, "slow"].used == 30 * GIB
    assert lines["", Resource.FLOATING_IPS, ""].used == 5
    assert lines["", Resource.FLOATING_IPS, ""].allocated == 3
    mute = (pools[0], replace(pools[0], free_gib=None), pools[1])
    lines = {(one.site, one.tier): one for one in region_capacity(specs, replace(snapshot, pools=mute)).sites}
    assert lines["north", "fast"].used is None
    assert lines["north", "slow"].used == 30 * GIB
