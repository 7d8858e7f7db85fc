"""Planning with an engine: what is shown, and that nothing is written."""

from __future__ import annotations

import pytest
from small_region import DAY, server, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.plan import LedgerEntry, Operation, StepAction
from orchestrator.model.region import Deletion
from orchestrator.model.tenant import TenantState


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def test_plan_writes_nothing(world: SmallWorld) -> None:
    """Neither a stack nor an entry of the ledger comes of planning."""
    world.plan(specs(tenant("caen")))
    assert (world.engine.held, world.ledger.history, world.journal.events) == ({}, [], [])


def test_program_of_an_unchanged_tenant_never_runs(world: SmallWorld) -> None:
    """Not even to be shown."""
    world.apply(specs(tenant("caen"), tenant("vire")))
    world.engine.calls.clear()
    plan = world.plan(specs(tenant("caen"), tenant("vire", servers=(server("web"),)))).plan
    assert [step.name for step in plan.steps] == ["tenant/vire"]
    assert world.engine.calls == [("preview", "vire")]


def test_plan_after_an_apply_is_empty(world: SmallWorld) -> None:
    """Nothing is taken, and each step says why."""
    written = specs(tenant("caen"), tenant("vire"))
    world.apply(written)
    plan = world.plan(written).plan
    assert plan.empty
    assert plan.steps == ()
    assert {untaken.reason for untaken in plan.untaken} == {"unchanged since it was last applied"}


def test_new_program_version_looks_at_every_stack_and_changes_none(world: SmallWorld) -> None:
    """The steps are taken for the record only."""
    written = specs(tenant("caen"))
    world.apply(written)
    world.program = "program-2"
    plan = world.plan(written).plan
    assert [(step.name, step.action) for step in plan.steps] == [
        ("region", StepAction.RECORD),
        ("tenant/caen", StepAction.RECORD),
    ]
    assert plan.empty


def test_unreadable_ledger_entry_is_told_once_and_holds_nobody_back(world: SmallWorld) -> None:
    """Its step is compared with the state; the others are left alone; applying records it anew."""
    written = specs(tenant("caen"), tenant("vire"))
    world.apply(written)
    world.ledger.record(
        LedgerEntry(step="tenant/caen", digest="", applied_at="", resources=0, outputs={}, problem="FILE is broken")
    )
    plan = world.plan(written).plan
    assert [(step.name, step.action) for step in plan.steps] == [("tenant/caen", StepAction.RECORD)]
    assert plan.steps[0].reason.startswith("FILE is broken; it is compared with the state")
    assert world.apply(written).outcomes
    assert world.plan(written).plan.steps == ()


def test_stack_that_cannot_be_shown_is_its_steps_problem(world: SmallWorld) -> None:
    """The other steps are planned all the same."""
    world.engine.broken["caen"] = PermanentFailure("cannot preview stack caen")
    plan = world.plan(specs(tenant("caen"), tenant("vire"))).plan
    problems = {step.name: step.problem for step in plan.steps}
    assert problems == {"region": "", "tenant/caen": "cannot preview stack caen", "tenant/vire": ""}
    assert not plan.empty


def test_temporary_trouble_of_one_stack_is_its_steps_problem_too(world: SmallWorld) -> None:
    """A service that does not answer for one tenant does not hide the others' changes."""
    world.engine.broken["caen"] = TemporaryFailure("the identity service does not answer")
    plan = world.plan(specs(tenant("caen"))).plan
    assert [step.problem for step in plan.steps] == ["", "the identity service does not answer"]


def test_due_retirement_shows_every_deletion(world: SmallWorld) -> None:
    """What goes is listed one by one, and counted against the budget."""
    world.apply(specs(tenant("caen")))
    retired = specs(
        tenant("caen", state=TenantState.RETIRED, retired_on=DAY), deletion=Deletion(budget=1, quarantine_days=0)
    )
    plan = world.plan(retired).plan
    (step,) = plan.steps
    assert step.action is StepAction.RETIRE
    assert {change.operation for change in step.changes} == {Operation.DELETE}
    assert len(step.changes) == plan.deletions == len(world.engine.held["caen"])
    assert len(plan.refusals) == 1


def test_same_facts_have_the_same_digest_wherever_the_checkout_lies(world: SmallWorld) -> None:
    """A plan made on one machine can be applied on another."""
    written = specs(tenant("caen"))
    first, second = world.plan(written).plan, world.plan(written).plan
    assert first == second


def test_parallel_planning_keeps_the_order(world: SmallWorld) -> None:
    """Previews run side by side; the plan is as if they had not."""
    written = specs(*(tenant(f"t{number:02}") for number in range(12)))
    alone = world.plan(written).plan
    world.at_once = 8
    assert world.plan(written).plan == alone
