"""The figures of the region in conftest.py, each computed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from orchestrator.capacity.region import region_capacity
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, Source, TenantLine
from orchestrator.model.region import Reserve
from orchestrator.model.snapshot import COMPUTE, IDENTITY, PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs

GIB = 2**30
Line = TypeVar("Line")


def site(capacity: RegionCapacity, name: str, resource: Resource, tier: str = "") -> CapacityLine:
    return only(line for line in capacity.sites if (line.site, line.resource, line.tier) == (name, resource, tier))


def aggregate(capacity: RegionCapacity, name: str, group: str, resource: Resource) -> CapacityLine:
    lines = capacity.aggregates
    return only(line for line in lines if (line.site, line.aggregate, line.resource) == (name, group, resource))


def tenant(capacity: RegionCapacity, name: str, resource: Resource, tier: str = "") -> TenantLine:
    return only(line for line in capacity.tenants if (line.tenant, line.resource, line.tier) == (name, resource, tier))


def only(lines: Iterable[Line]) -> Line:
    (line,) = lines
    return line


def test_the_largest_host_and_a_percentage_are_kept_back(specs: Specs) -> None:
    """North: b1 is kept; (32 + 32) x 4 less 10 % is 230.4; maintenance counts as physical only."""
    capacity = region_capacity(specs)
    general = aggregate(capacity, "north", "general", Resource.VCPUS)
    large = aggregate(capacity, "north", "large", Resource.VCPUS)
    assert (general.physical, general.allocatable) == (80, 230)
    assert (large.physical, large.allocatable) == (64, 0)
    assert (site(capacity, "north", Resource.VCPUS).physical, site(capacity, "north", Resource.VCPUS).allocatable) == (
        144,
        230,
    )


def test_memory_is_less_what_hosts_keep_times_ratio(specs: Specs) -> None:
    """Two hosts of (128 - 8) x 1.5 = 180 GiB, less 10 %: 324 GiB; disks are never overcommitted."""
    capacity = region_capacity(specs)
    memory = aggregate(capacity, "north", "general", Resource.MEMORY)
    disk = aggregate(capacity, "north", "general", Resource.DISK)
    assert (memory.physical, memory.allocatable) == (320 * GIB, 324 * GIB)
    assert (disk.physical, disk.allocatable) == (2500 * GIB, 1800 * GIB)


def test_a_site_with_one_host_has_nothing_to_promise(specs: Specs) -> None:
    """South may lose c1, its only host."""
    assert site(region_capacity(specs), "south", Resource.VCPUS).allocatable == 0


def test_without_reserve_everything_in_use_is_promised(specs: Specs) -> None:
    """(32 + 32 + 64) x 4."""
    free = replace(specs, region=replace(specs.region, reserve=Reserve()))
    assert site(region_capacity(free), "north", Resource.VCPUS).allocatable == 512


def test_tiers_of_one_pool_show_the_same_supply(specs: Specs) -> None:
    """1000 GiB x 2 less 10 %, for fast and for secure; south has no hdd, so no slow."""
    capacity = region_capacity(specs)
    fast, secure = (site(capacity, "north", Resource.STORAGE, tier) for tier in ("fast", "secure"))
    assert (fast.physical, fast.allocatable, fast.pool) == (1000 * GIB, 1800 * GIB, "ssd")
    assert (secure.physical, secure.allocatable, secure.pool) == (1000 * GIB, 1800 * GIB, "ssd")
    assert {line.tier for line in capacity.sites if line.site == "south" and line.tier} == {"fast", "secure"}


def test_promises_are_added_up_at_the_tenants_site_without_the_retired(specs: Specs) -> None:
    """North: alpha 2 x 20 and beta 20 vcpus; guaranteed 100 and 130; delta's 180 and 1000 do not count."""
    capacity = region_capacity(specs)
    vcpus = site(capacity, "north", Resource.VCPUS)
    assert (vcpus.declared, vcpus.guaranteed) == (60, 230)
    fast = site(capacity, "north", Resource.STORAGE, "fast")
    assert (fast.declared, fast.guaranteed) == (300 * GIB, 1000 * GIB)
    assert site(capacity, "south", Resource.SERVERS).declared == 10
    assert site(capacity, "north", Resource.DISK).declared is None


def test_addresses_belong_to_the_region(specs: Specs) -> None:
    """10 to 19 are ten; alpha 4, beta 2, gamma 2."""
    addresses = site(region_capacity(specs), "", Resource.FLOATING_IPS)
    assert (addresses.allocatable, addresses.declared) == (10, 8)


def test_without_a_snapshot_nothing_is_known_to_be_allocated(specs: Specs) -> None:
    """Not known is None, never 0."""
    capacity = region_capacity(specs)
    assert capacity.supply is Source.SPECS
    assert all(line.allocated is None for line in (*capacity.sites, *capacity.aggregates, *capacity.tenants))


def test_with_a_snapshot_supply_is_what_the_cloud_has(specs: Specs, snapshot: InventorySnapshot) -> None:
    """North: b1 kept back, (32 + 32) x 8 less 10 %; the spec, not Nova, says which aggregate a1 is in."""
    capacity = region_capacity(specs, snapshot)
    assert capacity.supply is Source.CLOUD
    general = aggregate(capacity, "north", "general", Resource.VCPUS)
    assert (general.physical, general.allocatable, general.allocated) == (64, 460, 6)
    memory = aggregate(capacity, "north", "general", Resource.MEMORY)
    assert (memory.physical, memory.allocated) == (64 * GIB, 3 * GIB)
    assert memory.allocatable == int((64 * GIB - GIB) * 0.9)


def test_a_host_that_is_in_no_spec_counts_where_nova_puts_it(specs: Specs, snapshot: InventorySnapshot) -> None:
    """x9: zone south, aggregate spare; c1 is switched off, so x9 is the largest in use and kept back."""
    capacity = region_capacity(specs, snapshot)
    spare = aggregate(capacity, "south", "spare", Resource.VCPUS)
    assert (spare.physical, spare.allocatable, spare.allocated) == (8, 0, 2)
    assert aggregate(capacity, "south", "general", Resource.VCPUS).physical == 16


def test_a_tenants_use_is_that_of_all_its_projects(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Alpha: 2 + 4 on hosts and 8 on none; two floating IPs; 30 GiB slow and 20 GiB fast."""
    capacity = region_capacity(specs, snapshot)
    assert tenant(capacity, "alpha", Resource.VCPUS).allocated == 14
    assert tenant(capacity, "alpha", Resource.SERVERS).allocated == 3
    assert tenant(capacity, "alpha", Resource.FLOATING_IPS).allocated == 2
    assert tenant(capacity, "alpha", Resource.STORAGE, "slow").allocated == 30 * GIB
    assert tenant(capacity, "beta", Resource.VCPUS).allocated == 0


def test_what_belongs_to_no_tenant_is_shown_as_such(specs: Specs, snapshot: InventorySnapshot) -> None:
    """The admin project's server: used, promised to nobody."""
    line = tenant(region_capacity(specs, snapshot), "", Resource.VCPUS)
    assert (line.allocated, line.declared) == (2, None)


def test_a_server_on_no_host_takes_nothing_of_a_site(specs: Specs, snapshot: InventorySnapshot) -> None:
    """5 servers, 4 of them on hosts."""
    capacity = region_capacity(specs, snapshot)
    assert sum(line.allocated or 0 for line in capacity.sites if line.resource is Resource.SERVERS) == 4


def test_a_server_whose_host_may_not_be_seen_counts_at_its_zone(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Three in north and one in south, in no aggregate; what hosts have given is known all the same."""
    hidden = replace(snapshot, servers=tuple(replace(server, host="") for server in snapshot.servers))
    capacity = region_capacity(specs, hidden)
    assert [site(capacity, name, Resource.SERVERS).allocated for name in ("north", "south")] == [3, 1]
    assert aggregate(capacity, "north", "general", Resource.SERVERS).allocated is None  # not known is not none
    assert aggregate(capacity, "north", "general", Resource.VCPUS).allocated == 6


def test_a_server_that_found_no_host_hides_no_other(specs: Specs, snapshot: InventorySnapshot) -> None:
    """It counts at the zone that it was asked for; where the others are is known as before."""
    whole = aggregate(region_capacity(specs, snapshot), "north", "general", Resource.SERVERS).allocated
    failed = replace(snapshot.servers[0], host="", zone="north", status="ERROR")
    capacity = region_capacity(specs, replace(snapshot, servers=(*snapshot.servers, failed)))
    assert aggregate(capacity, "north", "general", Resource.SERVERS).allocated == whole
    assert aggregate(capacity, "north", "", Resource.SERVERS).allocated == 1


def test_a_volume_lies_where_its_back_end_is(specs: Specs, snapshot: InventorySnapshot) -> None:
    """slow: only north has hdd. fast in zone nova: both have ssd, so the tenant's site. fast in south: there."""
    capacity = region_capacity(specs, snapshot)
    assert site(capacity, "north", Resource.STORAGE, "slow").allocated == 30 * GIB
    assert site(capacity, "north", Resource.STORAGE, "fast").allocated == 20 * GIB
    assert site(capacity, "south", Resource.STORAGE, "fast").allocated == 5 * GIB


def test_a_pool_that_fits_no_single_site_counts_as_written(specs: Specs, snapshot: InventorySnapshot) -> None:
    """hdd: Cinder's 4000; ssd: both sites have one, so 1000 and 500 as written."""
    capacity = region_capacity(specs, snapshot)
    assert site(capacity, "north", Resource.STORAGE, "slow").physical == 4000 * GIB
    assert site(capacity, "north", Resource.STORAGE, "fast").physical == 1000 * GIB


def never_read(snapshot: InventorySnapshot, *parts: str) -> InventorySnapshot:
    health = (replace(one, last_success=0, up=False) if one.part in parts else one for one in snapshot.health)
    return replace(snapshot, health=tuple(health))


def test_a_part_never_read_leaves_its_figures_unknown(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Without placement supply is as written and what is taken of it unknown; without compute, the servers."""
    capacity = region_capacity(specs, never_read(snapshot, COMPUTE, PLACEMENT))
    assert capacity.supply is Source.SPECS
    assert site(capacity, "north", Resource.VCPUS).allocated is None
    assert site(capacity, "north", Resource.SERVERS).allocated is None
    assert tenant(capacity, "alpha", Resource.VCPUS).allocated is None
    assert site(capacity, "north", Resource.STORAGE, "slow").allocated == 30 * GIB


def test_without_identity_nobodys_use_is_known(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Whose a server is cannot be told, that it is there can."""
    capacity = region_capacity(specs, never_read(snapshot, IDENTITY))
    assert tenant(capacity, "alpha", Resource.VCPUS).allocated is None
    assert site(capacity, "north", Resource.VCPUS).allocated == 8


def test_tenants_are_counted_by_state(specs: Specs) -> None:
    """Two active, one of each other state."""
    assert region_capacity(specs).states == {"active": 2, "retired": 1, "suspended": 1}
