"""Plans held against the running cloud: what they promise anew must fit on the hosts that are up now."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from fake_cloud_inventory import FakeCloudInventory
from fake_stack_engine import FakeStackEngine
from small_region import server, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PolicyRefusal
from orchestrator.flow.as_reviewed import refuse_unless_applicable
from orchestrator.model.finding import Severity
from orchestrator.model.plan import ResourceChange, StackTarget
from orchestrator.model.region import Overcommit, Reserve
from orchestrator.model.snapshot import COMPUTE, PLACEMENT, Hypervisor, InventorySnapshot, ResourceInventory
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, Server, Tenant


def cloud(*states: str) -> InventorySnapshot:
    """Hosts at site north with 8 cores and 16 GiB each, each of them "up" or "down"."""
    amounts = {
        "VCPU": ResourceInventory(used=0, total=None, capacity=8),
        "MEMORY_MB": ResourceInventory(used=0, total=None, capacity=16384),
        "DISK_GB": ResourceInventory(used=0, total=None, capacity=1000),
    }
    hosts = tuple(
        Hypervisor(name=f"h{number}", zone="north", aggregate="general", enabled=state == "up", inventories=amounts)
        for number, state in enumerate(states)
    )
    return InventorySnapshot(
        taken_at=1.0, projects=(), hypervisors=hosts, servers=(), volumes=(), pools=(), addresses=(), floating_ips={},
        health=(),
    )  # fmt: skip


def asking(*tenants: Tenant) -> Specs:
    return specs(*tenants, overcommit=Overcommit(), reserve=Reserve())


def member(name: str, vcpus: int, *servers: Server) -> Tenant:
    return tenant(name, guarantee=Guarantee(vcpus=vcpus), servers=servers)


class Counted(FakeCloudInventory):
    reads = 0

    def read(self) -> InventorySnapshot:
        self.reads += 1
        return super().read()


@pytest.fixture
def running() -> Counted:
    """Two hosts, both up."""
    return Counted(cloud("up", "up"))


@pytest.fixture
def world(running: Counted) -> SmallWorld:
    return SmallWorld(inventory=running)


def found(world: SmallWorld, written: Specs) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in world.plan(written).plan.findings]


def test_a_promise_that_fits_on_the_running_cloud_is_no_finding(world: SmallWorld) -> None:
    """Sixteen cores for sixteen."""
    assert found(world, asking(member("caen", 8), member("lisieux", 8))) == []


def test_a_new_member_for_whom_the_running_cloud_has_no_room_is_refused(world: SmallWorld, running: Counted) -> None:
    """A host went down: the specs still have it, the cloud does not; nothing is applied."""
    world.apply(asking(member("caen", 8)))
    running.snapshot = cloud("up", "down")
    plan = world.plan(asking(member("caen", 8), member("lisieux", 8))).plan
    (finding,) = plan.findings
    assert (finding.code, finding.severity) == ("CAP101", Severity.ERROR)
    assert str(finding.position) == "lisieux.yaml:1:1"
    assert (
        "becomes too small by this plan, which asks more of it for lisieux: guaranteed shares do not fit"
        in finding.message
    )
    assert "8 of vcpus missing" in finding.message
    with pytest.raises(PolicyRefusal, match="CAP101"):
        refuse_unless_applicable(plan)


def test_what_was_short_before_the_plan_is_a_warning(world: SmallWorld, running: Counted) -> None:
    """Refusing would not bring the host back."""
    world.apply(asking(member("caen", 16)))
    running.snapshot = cloud("up", "down")
    assert found(world, asking(member("caen", 16), member("lisieux", 1))) == [("CAP101", Severity.WARNING)]


def test_a_change_that_takes_nothing_is_no_finding(world: SmallWorld, running: Counted) -> None:
    """Whatever the cloud lacks, a contact may be changed."""
    world.apply(asking(member("caen", 16)))
    running.snapshot = cloud("up", "down")
    changed = replace(member("caen", 16), display_name="Caen la Mer")
    plan = world.plan(asking(changed)).plan
    assert plan.steps
    assert plan.findings == ()


def test_shares_that_fit_as_a_sum_and_find_no_host_are_refused(world: SmallWorld) -> None:
    """Twelve cores in one server, on two hosts with eight each."""
    written = asking(member("caen", 12, server("large")))
    flavors = {name: replace(one, vcpus=12) for name, one in written.catalogue.flavors.items()}
    large = replace(written, catalogue=replace(written.catalogue, flavors=flavors))
    assert found(world, large) == [("CAP103", Severity.ERROR)]


@pytest.mark.parametrize("part", [PLACEMENT, COMPUTE])
def test_a_cloud_that_cannot_be_read_does_not_stop_a_plan(world: SmallWorld, running: Counted, part: str) -> None:
    """It is told that the specs alone were judged."""
    running.fail(part, "GET placement: 503")
    plan = world.plan(asking(member("caen", 99))).plan
    (finding,) = plan.findings
    assert (finding.code, finding.severity) == ("CAP100", Severity.WARNING)
    assert "GET placement: 503" in finding.message
    refuse_unless_applicable(plan)


def test_a_plan_without_steps_asks_the_cloud_nothing(world: SmallWorld, running: Counted) -> None:
    """However often it is made."""
    written = asking(member("caen", 8))
    world.apply(written)
    before = running.reads
    assert world.plan(written).plan.empty
    assert (before, running.reads) == (1, 1)


def test_the_cloud_is_read_while_previews_are_made(running: Counted) -> None:
    """A read that ends only when a preview was asked for does not hold the plan up."""
    previewed = Event()

    class Watched(FakeStackEngine):
        def preview(self, target: StackTarget, *, exists: bool) -> tuple[ResourceChange, ...]:
            previewed.set()
            return super().preview(target, exists=exists)

    class Waiting(Counted):
        def read(self) -> InventorySnapshot:
            assert previewed.wait(60)
            return super().read()

    waiting = Waiting(running.snapshot)
    plan = SmallWorld(engine=Watched(), inventory=waiting).plan(asking(member("caen", 8))).plan
    assert (waiting.reads, plan.findings) == (1, ())
