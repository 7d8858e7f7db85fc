"""Access to a retired tenant's containers ends while everything else of its stack waits."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench

from orchestrator.adapters.stacks_pulumi import Carrier, PulumiStacks, Workspaces
from orchestrator.model.environment import Closing, TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import Operation, StackTarget, StepKind

CONTAINER = "openstack:objectstorage/container:Container"


def target(*closing: str) -> StackTarget:
    """Of caen; `closing`: containers that alone are touched."""
    environment = TenantEnvironment(
        tenant="caen",
        display_name="Caen",
        groups=(),
        ssh_keys=(),
        projects=(),
        protect=True,
        closing=Closing(containers=closing, opened={}, used={}) if closing else None,
    )
    return StackTarget(stack="caen", kind=StepKind.TENANT, environment=environment, ids=KnownIds())


def of_project(project: openstack.identity.Project) -> pulumi.ResourceOptions:
    """Through a provider of the project, as in tenants' programs."""
    return pulumi.ResourceOptions(provider=openstack.Provider("main", tenant_id=project.id))


def as_it_was() -> None:
    """A project with two containers and a network."""
    options = of_project(openstack.identity.Project("main", name="caen"))
    lan = openstack.networking.Network("main/lan", name="lan")
    for name in ("plans", "scans"):
        openstack.objectstorage.Container(f"main/{name}", name=name, container_read="d1:*", opts=options)
    pulumi.export("opened_containers", {"scans": {"dieppe/main": "read"}})
    pulumi.export("networks", {"lan": lan.id})


def as_the_file_says() -> None:
    """Nothing is shared; besides, the network is gone, the project has another name, and there is a new network."""
    options = of_project(openstack.identity.Project("main", name="caen-la-mer"))
    new = openstack.networking.Network("main/dmz", name="dmz")
    for name in ("maps", "plans", "scans"):
        openstack.objectstorage.Container(f"main/{name}", name=name, container_read="", opts=options)
    pulumi.export("opened_containers", {})
    pulumi.export("networks", {"dmz": new.id})


@pytest.fixture
def stacks(bench: Bench) -> PulumiStacks:
    """Caen's stack is as it was."""
    carrier = Carrier(name="embedded", version="1", command=bench.command, interrupt=lambda: None)
    workspaces = Workspaces(
        carrier=carrier,
        project="demo",
        backend=bench.environment["PULUMI_BACKEND_URL"],
        folder=bench.work,
        credentials=bench.environment,
    )

    def programs(given: StackTarget, *, acting: bool) -> Callable[[], None]:
        del acting
        closed = isinstance(given.environment, TenantEnvironment) and given.environment.closing
        return as_the_file_says if closed else as_it_was

    bench.options("caen")  # its work directory
    made = PulumiStacks(acting=workspaces, looking=workspaces, programs=programs, parallel=4)
    assert made.build(target(), lambda _word, _name: None).counts == {"create": 4}
    return made


def test_the_named_container_alone_is_touched(bench: Bench, stacks: PulumiStacks) -> None:
    """Whatever else the file says by now: nothing is made, changed or deleted before its day, nor told as there."""
    (change,) = stacks.preview(target("scans"), exists=True)
    assert (change.operation, change.kind, change.name) == (Operation.UPDATE, CONTAINER, "main/scans")
    bench.calls()
    result = stacks.build(target("scans"), lambda _word, _name: None)
    assert (result.failures, result.counts) == ((), {"update": 1})
    assert bench.calls() == [("update", "Container")]
    recorded = bench.recorded("caen")
    assert set(recorded) == {"main", "main/lan", "main/plans", "main/scans"}
    assert [recorded[f"main/{one}"]["outputs"]["containerRead"] for one in ("plans", "scans")] == ["d1:*", ""]
    assert result.outputs == {"opened_containers": {}, "networks": {"lan": recorded["main/lan"]["id"]}}


def test_a_container_that_is_not_there_is_not_made(bench: Bench, stacks: PulumiStacks) -> None:
    """Its making had failed: nothing stands open, and nothing is left to do."""
    assert stacks.preview(target("maps"), exists=True) == ()
    bench.calls()
    result = stacks.build(target("maps"), lambda _word, _name: None)
    assert (result.failures, dict(result.counts), bench.calls()) == ((), {}, [])
