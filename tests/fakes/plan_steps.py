"""Plans made of steps that a test writes down."""

from __future__ import annotations

from orchestrator.model.plan import Operation, Plan, PropertyChange, ResourceChange, Step, StepAction, StepKind
from orchestrator.planning.assemble import plan_digest

KIND = "openstack:compute/instance:Instance"


def prop(path: str, old: str, new: str) -> PropertyChange:
    return PropertyChange(path=path, old=old, new=new)


def change(operation: Operation, name: str, *properties: PropertyChange) -> ResourceChange:
    return ResourceChange(operation=operation, kind=KIND, name=name, urn=f"urn:{name}", properties=properties)


def step(name: str, *changes: ResourceChange, wanted: str = "wanted") -> Step:
    """A step that builds; its kind is said by its name."""
    kinds = {"host": StepKind.HOST, "region": StepKind.REGION}
    return Step(
        name=name,
        kind=kinds.get(name.partition("/")[0], StepKind.TENANT),
        action=StepAction.BUILD,
        reason="its inputs changed",
        digest="digest",
        changes=changes,
        wanted=wanted,
    )


def plan_of(*steps: Step) -> Plan:
    return Plan(
        region="loire",
        inventory="inventory/loire",
        engine="fake 1",
        steps=steps,
        untaken=(),
        findings=(),
        refusals=(),
        deletions=0,
        deletion_budget=100,
        digest=plan_digest("loire", steps),
    )
