"""What reading costs in calls: of a cloud of 1000 projects, 200 hosts, 5000 servers, 5000 volumes and 9000 ports."""

from __future__ import annotations

import pytest
from hand_made_cloud import NETWORK_QUOTA, FakeCloud, inventory, server, volume

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.inventory_openstack.inventory import SELDOM, OpenStackInventory
from orchestrator.model.snapshot import COMPUTE_QUOTA, PLACEMENT, VOLUME_QUOTA, InventorySnapshot

MOST = 250
PROJECTS, HOSTS, SERVERS = 1000, 200, 5000


@pytest.fixture(scope="module")
def large() -> FakeCloud:
    """Size M. Five hosts are full."""
    cloud = FakeCloud()
    names = [f"p{number}" for number in range(PROJECTS)]
    cloud.projects = [{"id": one, "name": one, "tags": ["mutualis", f"tenant={one}"]} for one in names]
    cloud.servers = [server(f"s{number}", tenant_id=names[number % PROJECTS]) for number in range(SERVERS)]
    cloud.volumes = [volume(f"v{number}") for number in range(SERVERS)]
    cloud.floating_ips = [{"id": f"f{number}", "project_id": one} for number, one in enumerate(names)]
    cloud.network_quotas = [{"project_id": one, **NETWORK_QUOTA} for one in names]
    cloud.objects = {"subnets": dict.fromkeys(names, 1), "routers": dict.fromkeys(names, 1),
                     "ports": dict.fromkeys(names, 9), "security-groups": dict.fromkeys(names, 3)}  # fmt: skip
    cloud.names = {f"u{number}": f"host{number}" for number in range(HOSTS)}
    cloud.inventories = {
        one: {"VCPU": inventory(64, 0, 4.0), "MEMORY_MB": inventory(2**20, 512)} for one in cloud.names
    }
    cloud.used = {
        one: {"VCPU": 256, "MEMORY_MB": 2**20 - 512} if place < 5 else {"VCPU": 50, "MEMORY_MB": 51200}
        for place, one in enumerate(cloud.names)
    }
    return cloud


def calls(snapshot: InventorySnapshot) -> int:
    return sum(health.calls for health in snapshot.health)


def test_every_collection_costs_fewer_than_250_calls_the_first_one_included(large: FakeCloud) -> None:
    """And as many calls are told as were sent. What is allocated is whole at once; turns are through after 21 reads."""
    reader = OpenStackInventory(large, SystemClock(), patience=60)
    costs = []
    for number in range(22):
        large.asked.clear()
        seen = reader.read()
        costs.append(len(large.asked))
        assert all(health.up for health in seen.health)
        if not number:
            assert calls(seen) == costs[0]
            assert (len(seen.servers), len(seen.volumes), len(seen.projects)) == (SERVERS, SERVERS, PROJECTS)
            assert sum(seen.objects["ports"].values()) == 9 * PROJECTS
            assert complete(seen)[VOLUME_QUOTA] < 0.1
    assert max(costs) < MOST
    assert complete(seen) == {PLACEMENT: 1.0, COMPUTE_QUOTA: 1.0, VOLUME_QUOTA: 1.0}


def complete(snapshot: InventorySnapshot) -> dict[str, float]:
    in_turns = (PLACEMENT, COMPUTE_QUOTA, VOLUME_QUOTA)
    return {health.part: health.completeness for health in snapshot.health if health.part in in_turns}


def test_once_everything_is_known_a_collection_costs_some_80_calls(large: FakeCloud) -> None:
    """Without the dear lists, which come each fifth time."""
    reader = OpenStackInventory(large, SystemClock(), patience=60, at_once=PROJECTS)
    reader.read()
    costs = [cost(large, reader) for _ in range(SELDOM)]
    assert max(costs[:-1]) <= 80
    assert costs[-1] <= 100


def cost(large: FakeCloud, reader: OpenStackInventory) -> int:
    large.asked.clear()
    reader.read()
    return len(large.asked)
