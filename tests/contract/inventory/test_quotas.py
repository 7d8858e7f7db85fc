"""The quota parts against made-up answers. What real services say is in test_cloud_quotas.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from hand_made_cloud import FakeCloud, part

from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal, PassingRefusal
from orchestrator.model.snapshot import COMPUTE_QUOTA, NETWORK_QUOTA, VOLUME_QUOTA, InventorySnapshot

NOVA, CINDER, NEUTRON = "compute os-quota-sets", "block-storage os-quota-sets", "network quotas"


class Noon:
    def now(self) -> dt.datetime:
        return dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)


def reader(cloud: FakeCloud, **options: Any) -> OpenStackInventory:
    return OpenStackInventory(cloud, Noon(), **options)


def limits(snapshot: InventorySnapshot, part: str, quota: str) -> dict[str, int]:
    return {one.project_id: one.limits[quota] for one in snapshot.quotas if one.part == part}


def stale(snapshot: InventorySnapshot) -> list[str]:
    return [health.part for health in snapshot.health if not health.up]


@pytest.fixture
def made() -> FakeCloud:
    """Projects p0 to p9; only p1 is a tenant's."""
    cloud = FakeCloud()
    others = [{"id": f"p{number}", "name": "x", "tags": []} for number in range(10) if number != 1]
    cloud.projects.extend(others)
    return cloud


def refuse(status: int) -> Callable[[], Any]:
    def answer() -> Any:
        raise PassingRefusal(f"GET: {status}", status=status)

    return answer


def test_each_limit_comes_from_its_service_in_our_names(made: FakeCloud) -> None:
    """Tiers too; who was given no network quota has the default."""
    snapshot = reader(made).read()
    everyone = {f"p{number}" for number in range(10)}
    assert limits(snapshot, COMPUTE_QUOTA, "memoryMiB") == dict.fromkeys(everyone, 51200)
    assert limits(snapshot, VOLUME_QUOTA, "storageGiB:fast") == dict.fromkeys(everyone, 300)
    assert limits(snapshot, NETWORK_QUOTA, "floatingIPs") == dict.fromkeys(everyone, 50) | {"p1": 4}
    assert [health.completeness for health in snapshot.health] == [1.0] * 9
    assert part(snapshot, VOLUME_QUOTA).statuses == {"200": 10}


def test_projects_are_asked_in_turns_the_tenants_first(made: FakeCloud) -> None:
    """Three a read; what is not read yet is not there; in four reads all are; a new project comes at once."""
    inventory = reader(made, at_once=3)
    first = inventory.read()
    assert set(limits(first, VOLUME_QUOTA, "volumes")) == {"p1", "p0", "p2"}
    assert part(first, VOLUME_QUOTA).completeness == 0.3
    for _ in range(3):
        last = inventory.read()
    assert part(last, VOLUME_QUOTA).completeness == 1
    made.projects.append({"id": "new", "name": "new", "tags": []})
    made.asked.clear()
    assert "new" in limits(inventory.read(), VOLUME_QUOTA, "volumes")
    asked = [path for service, path in made.asked if service == "block-storage" and "quota" in path]
    assert len(asked) == 2, "the new one and one of the others"


@pytest.mark.parametrize("service", [NOVA, CINDER, NEUTRON])
@pytest.mark.parametrize("rubbish", [None, 7, {}, {"quota_set": {}}, {"quotas": [{"project_id": "p1"}]}])
def test_rubbish_makes_only_its_part_stale(made: FakeCloud, service: str, rubbish: Any) -> None:
    """Its last good values stay, and so does everything else."""
    inventory = reader(made)
    before = inventory.read()
    made.broken[service] = lambda: rubbish
    after = inventory.read()
    assert stale(after) == [PART_OF[service]]
    assert after.quotas == before.quotas


PART_OF = {NOVA: COMPUTE_QUOTA, CINDER: VOLUME_QUOTA, NEUTRON: NETWORK_QUOTA}


@pytest.mark.parametrize("service", [NOVA, CINDER, NEUTRON])
def test_a_service_that_is_down_makes_only_its_part_stale(made: FakeCloud, service: str) -> None:
    """Said with the status; not every project is tried."""
    inventory = reader(made)
    before = inventory.read()
    made.broken[service] = refuse(503)
    made.projects.extend({"id": f"n{number}", "name": "x", "tags": []} for number in range(30))
    after = inventory.read()
    health = part(after, PART_OF[service])
    assert stale(after) == [PART_OF[service]]
    assert "503" in health.statuses
    assert health.calls <= 2 * (8 + 1), "no more than were under way, each repeated once"
    assert health.completeness == 0.25
    assert [one for one in after.quotas if one.part == PART_OF[service]] == [
        one for one in before.quotas if one.part == PART_OF[service]
    ]
    made.broken.clear()
    assert stale(inventory.read()) == []


def test_a_service_that_hangs_makes_only_its_part_stale(made: FakeCloud) -> None:
    """The read ends; the others are fresh."""
    released = Event()
    made.broken[NOVA] = lambda: released.wait(120)
    try:
        snapshot = reader(made, patience=2).read()
        assert stale(snapshot) == [COMPUTE_QUOTA]
        assert part(snapshot, COMPUTE_QUOTA).completeness == 0
        assert part(snapshot, VOLUME_QUOTA).completeness == 1
    finally:
        released.set()


def test_a_project_that_vanishes_during_the_read_costs_only_itself(made: FakeCloud) -> None:
    """Listed by Keystone, no longer known to Nova: unknown, not 0; gone with the next list."""
    made.refused["p3"] = LastingRefusal("Project ID p3 is not a valid project.", status=400)
    inventory = reader(made)
    snapshot = inventory.read()
    assert stale(snapshot) == []
    assert part(snapshot, COMPUTE_QUOTA).completeness == 0.9
    assert part(snapshot, COMPUTE_QUOTA).statuses["400"] == 1
    assert "p3" not in limits(snapshot, COMPUTE_QUOTA, "vcpus")
    made.projects = [one for one in made.projects if one["id"] != "p3"]
    assert [health.completeness for health in inventory.read().health] == [1.0] * 9


def test_a_service_that_refuses_every_project_is_down(made: FakeCloud) -> None:
    """Whatever it says."""
    made.refused = {one["id"]: LastingRefusal("no", status=400) for one in made.projects}
    assert set(stale(reader(made).read())) == {COMPUTE_QUOTA, VOLUME_QUOTA, NETWORK_QUOTA}


def unify(cloud: FakeCloud, vcpus: int) -> None:
    """Keystone says 20 vcpus for all, `vcpus` for p1, 20 for p2."""
    names = {"servers": 10, "class:VCPU": 20, "class:MEMORY_MB": 51200}
    cloud.registered_limits = [{"resource_name": name, "default_limit": limit} for name, limit in names.items()]
    cloud.limits = [
        {"project_id": project, "resource_name": "class:VCPU", "resource_limit": limit}
        for project, limit in {"p1": vcpus, "p2": 20}.items()
    ]


def test_unified_limits_are_read_for_all_at_once_where_nova_confirms_them(made: FakeCloud) -> None:
    """Three calls, whatever the number of projects."""
    unify(made, 20)
    snapshot = reader(made).read()
    assert part(snapshot, COMPUTE_QUOTA).calls == 3
    assert limits(snapshot, COMPUTE_QUOTA, "vcpus") == {f"p{number}": 20 for number in range(10)}


def test_unified_limits_that_nova_does_not_use_are_not_believed(made: FakeCloud) -> None:
    """Nova's own word counts; so it does when Keystone shows one project's limits alone."""
    unify(made, 99)
    snapshot = reader(made).read()
    assert limits(snapshot, COMPUTE_QUOTA, "vcpus")["p1"] == 20
    unify(made, 20)
    made.limits.pop()
    assert part(reader(made).read(), COMPUTE_QUOTA).calls > 10
