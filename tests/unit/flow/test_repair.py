"""Putting back what has drifted: for chosen tenants, by the plan and the apply that everything goes through."""

from __future__ import annotations

import datetime as dt

import pytest
from small_region import DAY, server, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.errors import TemporaryFailure, UsageError
from orchestrator.model.drift import added_parts, added_urn
from orchestrator.model.plan import Operation, Plan, ResourceChange, StepAction, Trouble
from orchestrator.model.region import Deletion
from orchestrator.model.tenant import TenantState

WRITTEN = specs(tenant("caen", servers=(server("web"),)), tenant("vire", servers=(server("web"),)))
RULE = "openstack:networking/secGroupRule:SecGroupRule"
OPENED = ResourceChange(
    operation=Operation.DELETE, kind=RULE, name="ssh from anywhere", urn=added_urn(RULE, "r1", "urn:pulumi:caen::x")
)


@pytest.fixture
def world() -> SmallWorld:
    """Both tenants applied, a server of each renamed by hand."""
    made = SmallWorld()
    made.apply(WRITTEN)
    made.engine.drifted = {name: {"server:main/web": "renamed"} for name in ("caen", "vire")}
    return made


def changes(plan: Plan) -> list[tuple[str, str, str]]:
    return [(step.name, change.operation, change.name) for step in plan.steps for change in step.changes]


def test_drift_is_left_alone_unless_it_is_asked_for(world: SmallWorld) -> None:
    """A plan without repairs looks at no cloud."""
    assert world.plan(WRITTEN).plan.steps == ()


def test_chosen_tenants_are_repaired_and_no_others(world: SmallWorld) -> None:
    """The plan says why; afterwards there is nothing left to repair."""
    planned = world.plan(WRITTEN, repair=("caen",))
    assert changes(planned.plan) == [("tenant/caen", "update", "server:main/web")]
    assert [(step.reason, step.repair) for step in planned.plan.steps] == [("drift", True)]
    report = world.carry_out(planned)
    assert outcome_of(report, "tenant/caen").counts == {"update": 1}
    assert set(world.engine.drifted) == {"vire"}
    assert world.plan(WRITTEN, repair=("caen",)).plan.steps == ()


def test_where_nothing_has_drifted_no_step_is_taken(world: SmallWorld) -> None:
    """And that is said."""
    world.engine.drifted.clear()
    plan = world.plan(WRITTEN, repair=("caen",)).plan
    assert plan.steps == ()
    assert ("tenant/caen", "nothing of ours has drifted") in {(one.name, one.reason) for one in plan.untaken}


def test_a_change_of_the_spec_and_drift_are_one_step(world: SmallWorld) -> None:
    """Both reasons stand in it."""
    changed = specs(tenant("caen", servers=(server("web"), server("db"))), tenant("vire", servers=(server("web"),)))
    plan = world.plan(changed, repair=("caen",)).plan
    assert [step.reason for step in plan.steps] == ["its inputs changed; drift"]
    assert {change.name for change in plan.steps[0].changes} >= {"server:main/web", "server:main/db"}


def test_what_was_added_is_deleted_as_planned_and_counts_as_deletion(world: SmallWorld) -> None:
    """The engine is given those that the plan shows, and no others."""
    world.engine.strange["caen"] = (OPENED,)
    planned = world.plan(WRITTEN, repair=("caen",))
    assert planned.plan.deletions == 1
    world.engine.strange["caen"] = (OPENED, OPENED)
    world.carry_out(planned)
    assert world.engine.removed == ["ssh from anywhere"]
    assert added_parts(OPENED) == (RULE, "r1", "urn:pulumi:caen::x")


def test_repairs_are_within_the_deletion_budget(world: SmallWorld) -> None:
    """A plan with more is refused, as any other."""
    world.engine.strange["caen"] = (OPENED,)
    tight = specs(
        tenant("caen", servers=(server("web"),)),
        tenant("vire", servers=(server("web"),)),
        deletion=Deletion(budget=0, quarantine_days=0),
    )
    plan = world.plan(tight, repair=("caen",)).plan
    assert plan.refused
    assert "deletion budget is 0" in plan.refusals[0]


def test_a_repair_cut_short_is_planned_again(world: SmallWorld) -> None:
    """As any step that did not finish: from its beginning no digest vouches for it."""
    planned = world.plan(WRITTEN, repair=("caen",))
    world.engine.before = lambda _stack, _name: world.interrupt()
    world.carry_out(planned)
    world.engine.resume()
    assert [step.reason for step in world.plan(WRITTEN).plan.steps] == ["its last apply did not finish"]


def test_a_cloud_that_cannot_be_compared_is_a_problem_of_the_step(world: SmallWorld) -> None:
    """Not a plan without changes."""
    world.engine.broken["caen"] = TemporaryFailure("cannot compare", hint="later")
    plan = world.plan(WRITTEN, repair=("caen",)).plan
    assert [(step.name, step.action, step.trouble) for step in plan.steps] == [
        ("tenant/caen", StepAction.BUILD, Trouble.TEMPORARY)
    ]


def test_the_regions_own_objects_can_be_repaired(world: SmallWorld) -> None:
    """By the name of its stack, which no tenant may have."""
    world.engine.drifted["region"] = {next(iter(world.engine.held["region"])): "changed"}
    assert [step.name for step in world.plan(WRITTEN, repair=("region",)).plan.steps] == ["region"]


@pytest.mark.parametrize("name", ["nobody", "gone"])
def test_what_cannot_be_repaired_is_a_mistake_of_the_command(world: SmallWorld, name: str) -> None:
    """A tenant that the specs do not know, or that is retired."""
    gone = tenant("gone", state=TenantState.RETIRED, retired_on=DAY - dt.timedelta(days=1))
    with pytest.raises(UsageError):
        world.plan(specs(tenant("caen"), gone), repair=(name,))
