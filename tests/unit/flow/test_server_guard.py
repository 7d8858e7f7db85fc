"""Servers on a compute host that is about to change: they stay, are moved away first, or keep it as it is."""

from __future__ import annotations

import pytest
from fake_cloud_inventory import FakeCloudInventory, hypervisors
from fake_host_services import carried_server, compute_service
from small_hosts import control, host, installed
from small_world import SmallWorld, outcome_of

from orchestrator.model.installation import Rolling, RollingServers
from orchestrator.model.maintenance import maintenance_step
from orchestrator.model.outcome import Status
from orchestrator.model.plan import host_step
from orchestrator.model.specs import Specs

HOSTS = ("c1", "h1", "h2")
CHANGED = host_step("h1")


def specs(servers: RollingServers, *, changed: bool = True) -> Specs:
    """`changed`: the memory that h1 keeps for itself is another one."""
    kept = 8 if changed else 4
    hosts = (control("c1", 1), host("h1", 2, reserved_memory_gib=kept), host("h2", 3))
    return installed(*hosts, rolling=Rolling(servers=servers))


@pytest.fixture
def world() -> SmallWorld:
    """A region that was set up; two servers stand on h1."""
    here = SmallWorld(carrying=FakeCloudInventory(hypervisors("h1", "h2")))
    assert not here.apply(specs(RollingServers.LEAVE, changed=False)).failed
    here.running.known = [compute_service("h1"), compute_service("h2")]
    for name in ("web-1", "web-2"):
        server = carried_server(name, "h1")
        here.running.standing[server.id] = server
    here.restart()
    return here


def set_up(world: SmallWorld) -> list[str]:
    """Hosts that were set up since the world began anew."""
    return [name for call in world.hosts.calls for name in HOSTS if name in str(call)]


def test_by_default_servers_run_on(world: SmallWorld) -> None:
    """Nothing is asked of the cloud and nothing moves."""
    assert outcome_of(world.apply(specs(RollingServers.LEAVE)), CHANGED).status is Status.DONE
    assert world.running.calls == []


def test_a_region_that_refuses_leaves_such_a_host_as_it_is(world: SmallWorld) -> None:
    """Skipped, with the number; once it is empty it is set up."""
    skipped = outcome_of(world.apply(specs(RollingServers.REFUSE)), CHANGED)
    assert skipped.status is Status.SKIPPED
    assert "2 servers" in skipped.note
    assert "h1" not in set_up(world)
    world.running.standing.clear()
    assert outcome_of(world.apply(specs(RollingServers.REFUSE)), CHANGED).status is Status.DONE


def test_a_region_that_drains_moves_them_first_and_takes_the_host_back(world: SmallWorld) -> None:
    """Disabled, emptied, set up, enabled: in this order; the ledger knows nothing of it afterwards."""
    assert outcome_of(world.apply(specs(RollingServers.DRAIN)), CHANGED).status is Status.DONE
    calls = world.running.calls
    assert "h1" in set_up(world)
    assert (calls[0], calls[-1]) == ("disable h1 nova-compute", "enable h1 nova-compute")
    assert {one.host for one in world.running.standing.values()} == {"h2"}
    assert maintenance_step("h1") not in world.ledger.read()


def test_a_host_that_cannot_be_emptied_is_not_set_up(world: SmallWorld) -> None:
    """It stays out of duty until the next apply, which takes it up again and gives it back."""
    world.running.refused = {("web-1", "h2"): "no CPU match"}
    failed = outcome_of(world.apply(specs(RollingServers.DRAIN)), CHANGED)
    assert [one.cause for one in failed.failures] == ["no CPU match"]
    assert "h1" not in set_up(world)
    world.running.refused = {}
    report = world.apply(specs(RollingServers.DRAIN))
    assert outcome_of(report, CHANGED).status is Status.DONE
    assert world.running.known[0].enabled
    assert world.plan(specs(RollingServers.DRAIN)).plan.steps == ()
