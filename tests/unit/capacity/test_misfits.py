"""Shares that fit as sums and find no host, in the region of conftest.py without its reserve unless a test says so.

North: a1, a2 (general: 128 vcpus, 180 GiB), b1 (large: 256 vcpus, 360 GiB); south: c1 (general: 64 vcpus, 96 GiB).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from orchestrator.capacity.ground import ground
from orchestrator.capacity.judge import judge_capacity
from orchestrator.capacity.judgement import judgement
from orchestrator.model.capacity import Resource
from orchestrator.model.catalogue import Flavor
from orchestrator.model.finding import Finding, Position
from orchestrator.model.fit import Misfit
from orchestrator.model.region import FailureDomain, Reserve
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import DesktopPool, Guarantee, Server, ServerGroup, Survives

GIB = 2**30
FLAVORS = {
    "small": Flavor(name="small", vcpus=2, memory_mib=4096, disk_gib=20),
    "huge": Flavor(name="huge", vcpus=8, memory_mib=200 * 1024, disk_gib=0),
    "bound": Flavor(name="bound", vcpus=8, memory_mib=8192, disk_gib=0, aggregate="large"),
}
ROOM = Guarantee(vcpus=64, memory_mib=500 * 1024)
ONE_HUGE = Guarantee(vcpus=8, memory_mib=200 * 1024)


def server(name: str, flavor: str, group: str = "", site: str = "") -> Server:
    return Server(
        name=name, display_name=name, project="alpha", flavor=flavor, image="i", networks=(), group=group, site=site
    )


@pytest.fixture
def region(specs: Specs) -> Specs:
    """Nobody is promised anything, nothing is reserved; a catalogue with flavors; racks: a1 and a2 in r1, b1 in r2."""
    hosts = {
        name: replace(host, rack="r2" if name == "b1" else "r1", feeds=("A", "B")) for name, host in specs.hosts.items()
    }
    return replace(
        specs,
        region=replace(specs.region, reserve=Reserve()),
        hosts=hosts,
        catalogue=replace(specs.catalogue, flavors=FLAVORS),
        tenants={name: replace(one, guarantee=Guarantee()) for name, one in specs.tenants.items()},
    )


def alpha(region: Specs, guarantee: Guarantee, *servers: Server, groups: Mapping[str, str] | None = None) -> Specs:
    """The region with a share and servers of tenant alpha, at north. `groups`: server group -> policy."""
    policies = tuple(ServerGroup(name=n, project="alpha", policy=p) for n, p in (groups or {}).items())
    tenant = replace(region.tenants["alpha"], guarantee=guarantee, servers=servers, server_groups=policies)
    return replace(region, tenants={**region.tenants, "alpha": tenant})


def with_reserve(region: Specs, **reserve: object) -> Specs:
    return replace(region, region=replace(region.region, reserve=Reserve(**reserve)))  # type: ignore[arg-type]


def found(region: Specs) -> tuple[Misfit, ...]:
    return judgement(ground(region)).misfits


def findings(region: Specs) -> list[Finding]:
    judged = judge_capacity(region, lambda ref, path: Position(file=f"{ref} {'.'.join(map(str, path))}"))
    return [one for one in judged if one.code != "CAP002"]


def test_a_server_that_only_the_sum_has_room_for_is_refused_by_name(region: Specs) -> None:
    """b1 takes one of 200 GiB; 520 GiB are left as a sum, but no hole of 200."""
    (finding,) = findings(alpha(region, ROOM, server("db-1", "huge"), server("db-2", "huge")))
    assert finding.code == "CAP003"
    assert "alpha db-2 (8 vcpus, 200 GiB of memory)" in finding.message
    assert "the largest hole is" in finding.message


def test_without_named_servers_the_same_share_is_fluid_and_fits(region: Specs) -> None:
    """400 GiB in parts of 8 GiB find their places."""
    assert not found(alpha(region, replace(ROOM, memory_mib=400 * 1024)))


def test_a_server_beyond_the_share_is_not_promised(region: Specs) -> None:
    """The first takes 200 of 300 GiB; the second is not covered, and the rest of the share stays fluid."""
    share = Guarantee(vcpus=64, memory_mib=300 * 1024)
    assert not found(alpha(region, share, server("db-1", "huge"), server("db-2", "huge")))


def test_a_server_at_another_site_is_not_part_of_the_share(region: Specs) -> None:
    """The share is promised at north."""
    assert not found(alpha(region, ROOM, server("db-1", "huge"), server("db-2", "huge", site="south")))


def test_a_flavor_bound_to_an_aggregate_stands_there_only(region: Specs) -> None:
    """b1 is the only host of `large`; without it two vcpus' worth of others do not help."""
    gone = {name: host for name, host in region.hosts.items() if name != "b1"}
    share = Guarantee(vcpus=8, memory_mib=8192)
    (misfit,) = found(alpha(replace(region, hosts=gone), share, server("gpu", "bound")))
    assert [one.servers for one in misfit.unplaced] == [("gpu",)]


def test_anti_affinity_needs_a_host_for_each(region: Specs) -> None:
    """Four replicas on three hosts."""
    servers = [server(f"db-{n}", "small", "db") for n in range(4)]
    (misfit,) = found(alpha(region, ROOM, *servers, groups={"db": "anti-affinity"}))
    assert misfit.missing[Resource.MEMORY] == 4 * GIB
    assert not found(alpha(region, ROOM, *servers, groups={"db": "soft-anti-affinity"}))


def test_affinity_needs_one_host_for_all(region: Specs) -> None:
    """Two times 200 GiB on one host of 360."""
    servers = (server("db-1", "huge", "db"), server("db-2", "huge", "db"))
    (misfit,) = found(alpha(region, ROOM, *servers, groups={"db": "affinity"}))
    assert misfit.unplaced[0].servers == ("db-1+db-2",)


def test_desktop_pools_are_packed_as_servers(region: Specs) -> None:
    """Three of 200 GiB, one host that takes one."""
    pool = DesktopPool(name="pc", project="alpha", count=3, flavor="huge", image="i", network="n")
    over = alpha(region, replace(ROOM, memory_mib=600 * 1024))
    over = replace(over, tenants={**over.tenants, "alpha": replace(over.tenants["alpha"], desktop_pools=(pool,))})
    (misfit,) = found(over)
    assert misfit.unplaced[0].servers == ("pc-02", "pc-03")


def test_a_loss_that_the_reserve_promises_to_survive_is_refused_with_its_domain(region: Specs) -> None:
    """Without b1 there are 360 GiB as a sum for 200, but no host for 200."""
    (finding,) = findings(with_reserve(alpha(region, ONE_HUGE, server("db", "huge")), hosts=1))
    assert (finding.code, finding.position.file) == ("CAP004", "Region region spec.reserve")
    assert "the loss of host b1 is not survived" in finding.message
    assert "200 GiB of memory missing; alpha db" in finding.message


def test_a_share_that_survives_nothing_need_not_outlive_a_loss(region: Specs) -> None:
    """The same, by choice of the member."""
    share = Guarantee(vcpus=8, memory_mib=200 * 1024, survives=Survives.NONE)
    assert not findings(with_reserve(alpha(region, share, server("db", "huge")), hosts=1))


def test_a_share_that_survives_nothing_must_fit_while_nothing_is_lost(region: Specs) -> None:
    """513 vcpus of 512: the sum of all hosts, whatever is kept back."""
    share = Guarantee(vcpus=513, survives=Survives.NONE)
    (finding,) = findings(with_reserve(alpha(region, share), hosts=1))
    assert (finding.code, "1 of vcpus missing" in finding.message) == ("CAP001", True)


def test_a_rack_is_kept_back_as_a_whole(region: Specs) -> None:
    """a1 and a2 together have as many vcpus as b1; 257 do not fit on either."""
    rack = with_reserve(alpha(region, Guarantee(vcpus=257)), failure_domain=FailureDomain.RACK)
    (finding,) = findings(rack)
    assert (finding.code, "257 promised, 256 there" in finding.message) == ("CAP001", True)


def test_a_rack_whose_loss_leaves_no_hole_is_named(region: Specs) -> None:
    """The sum outlives either rack; a server of 200 GiB outlives r1 only."""
    (finding,) = findings(
        with_reserve(alpha(region, ONE_HUGE, server("db", "huge")), failure_domain=FailureDomain.RACK)
    )
    assert (finding.code, "loss of rack north/r2" in finding.message) == ("CAP004", True)


def test_a_host_on_two_feeds_outlives_one(region: Specs) -> None:
    """Nothing hangs on one feed alone; then b1 does."""
    fed = with_reserve(alpha(region, ONE_HUGE, server("db", "huge")), failure_domain=FailureDomain.FEED)
    assert not findings(fed)
    single = replace(fed, hosts={**fed.hosts, "b1": replace(fed.hosts["b1"], feeds=("B",))})
    (finding,) = findings(single)
    assert "loss of feed north/r2/B" in finding.message


def test_a_share_that_survives_its_site_must_fit_beside_the_others(region: Specs) -> None:
    """South has 96 GiB: 96 fit, 100 do not; the finding stands in the one file that asks for it."""
    assert not findings(alpha(region, Guarantee(vcpus=8, memory_mib=96 * 1024, survives=Survives.SITE)))
    (finding,) = findings(alpha(region, Guarantee(vcpus=8, memory_mib=100 * 1024, survives=Survives.SITE)))
    assert (finding.code, finding.position.file) == ("CAP004", "Tenant alpha spec.guarantee.survives")
    assert "loss of site north" in finding.message


def test_two_hosts_lost_together_are_judged_together(region: Specs) -> None:
    """Of three, the two largest may go: 129 vcpus do not fit on the last."""
    (finding,) = findings(with_reserve(alpha(region, Guarantee(vcpus=129)), hosts=2))
    assert (finding.code, "1 of vcpus missing" in finding.message) == ("CAP001", True)
    share = Guarantee(vcpus=8, memory_mib=40 * 1024)
    replicas = [server(f"db-{n}", "small", "db") for n in range(2)]
    (finding,) = findings(with_reserve(alpha(region, share, *replicas, groups={"db": "anti-affinity"}), hosts=2))
    assert (finding.code, "loss of host a1+b1" in finding.message) == ("CAP004", True)
