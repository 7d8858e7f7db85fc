"""The layer quota: what the API lets tenants take. Alpha has projects p1 and p2, gamma p3, nobody p9; beta none."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.capacity.region import region_capacity
from orchestrator.model.capacity import MIB, RegionCapacity, Resource
from orchestrator.model.snapshot import COMPUTE_QUOTA, InventorySnapshot, ProjectQuota
from orchestrator.model.specs import Specs


def quota(project: str, **limits: int) -> ProjectQuota:
    return ProjectQuota(part=COMPUTE_QUOTA, project_id=project, limits=limits)


def tenant(capacity: RegionCapacity, name: str, resource: Resource) -> int | None:
    return next(line.quota for line in capacity.tenants if (line.tenant, line.resource) == (name, resource))


def site(capacity: RegionCapacity, name: str, resource: Resource) -> int | None:
    return next(line.quota for line in capacity.sites if (line.site, line.resource) == (name, resource))


def test_a_tenants_quota_is_the_sum_over_its_projects(specs: Specs, snapshot: InventorySnapshot) -> None:
    """In base units; a tenant without projects may take nothing yet; a site has its tenants' sum, nobody's left out."""
    given = (
        quota("p1", vcpus=7, memoryMiB=512),
        quota("p2", vcpus=3, memoryMiB=1),
        quota("p3", vcpus=5, memoryMiB=2),
        quota("p9", vcpus=20, memoryMiB=4),
    )
    capacity = region_capacity(specs, replace(snapshot, quotas=given))
    assert tenant(capacity, "alpha", Resource.VCPUS) == 10
    assert tenant(capacity, "alpha", Resource.MEMORY) == 513 * MIB
    assert tenant(capacity, "beta", Resource.VCPUS) == 0
    assert tenant(capacity, "", Resource.VCPUS) == 20
    assert site(capacity, "north", Resource.VCPUS) == 10
    assert site(capacity, "south", Resource.VCPUS) == 5


def test_one_project_without_limit_makes_the_tenant_unlimited(specs: Specs, snapshot: InventorySnapshot) -> None:
    """And its site; -1 is never added up."""
    given = (quota("p1", memoryMiB=-1), quota("p2", memoryMiB=9), quota("p3", memoryMiB=1))
    capacity = region_capacity(specs, replace(snapshot, quotas=given))
    assert tenant(capacity, "alpha", Resource.MEMORY) == -1
    assert site(capacity, "north", Resource.MEMORY) == -1
    assert site(capacity, "south", Resource.MEMORY) == MIB


def test_what_was_not_read_yet_is_unknown(specs: Specs, snapshot: InventorySnapshot) -> None:
    """One project of two makes no sum; nor does a site with that tenant; local disk has no quota at all."""
    capacity = region_capacity(specs, replace(snapshot, quotas=(quota("p1", vcpus=-1), quota("p3", vcpus=1))))
    assert tenant(capacity, "alpha", Resource.VCPUS) is None
    assert site(capacity, "north", Resource.VCPUS) is None
    assert site(capacity, "south", Resource.VCPUS) == 1
    assert tenant(capacity, "gamma", Resource.DISK) is None
    assert tenant(region_capacity(specs), "gamma", Resource.VCPUS) is None


def test_a_part_that_was_never_read_tells_nothing(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Not even 0 for a tenant without projects."""
    health = tuple(replace(one, last_success=0) if one.part == COMPUTE_QUOTA else one for one in snapshot.health)
    capacity = region_capacity(specs, replace(snapshot, health=health))
    assert tenant(capacity, "beta", Resource.VCPUS) is None
    assert tenant(capacity, "beta", Resource.FLOATING_IPS) == 0


def test_local_disk_has_no_quota_where_nobody_asks_either(specs: Specs, snapshot: InventorySnapshot) -> None:
    """At a site without tenants: no figure, rather than a quota of 0; of vcpus nothing is granted there."""
    capacity = region_capacity(replace(specs, tenants={}), snapshot)
    quotas = {line.resource: line.quota for line in capacity.sites if line.site == "north"}
    assert quotas[Resource.DISK] is None
    assert quotas[Resource.VCPUS] == 0
