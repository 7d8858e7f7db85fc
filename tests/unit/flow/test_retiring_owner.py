"""Who retires has closed its containers before: in two changes, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from shared_containers import container, owner, user
from small_region import DAY, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.model.outcome import Failure, Status
from orchestrator.model.plan import StepAction
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs, Waiver
from orchestrator.model.tenant import TenantState
from policies.plan_rules import PLAN_RULES

READ = ContainerAccess.READ
RETIRED: dict[str, Any] = {"state": TenantState.RETIRED, "retired_on": DAY}
SCANS = "container:main/scans"


def shared(**changes: Any) -> Specs:
    return specs(owner("caen", container(dieppe=READ), **changes), user("dieppe", "caen"))


def ended(**changes: Any) -> Specs:
    """On both sides."""
    return specs(owner("caen", container(), **changes), tenant("dieppe"))


@pytest.fixture
def world() -> SmallWorld:
    """Caen has opened a container for dieppe."""
    made = SmallWorld(rules=PLAN_RULES)
    made.apply(shared())
    assert "id-dieppe-main" in made.engine.held["caen"][SCANS]
    return made


def refused(world: SmallWorld, written: Specs) -> list[str]:
    plan = world.plan(written).plan
    assert plan.refused == bool(plan.findings)
    return [f"{one.code} {one.message}" for one in plan.findings]


TOLD = "POL108 tenant 'caen' is retired while others may use its containers: scans (dieppe)"


def test_one_change_is_refused(world: SmallWorld) -> None:
    """Whether or not it ends the share, names the container still, or retires the other one too; on its day as well."""
    both = specs(owner("caen", container(dieppe=READ), **RETIRED), user("dieppe", "caen", **RETIRED))
    without = specs(owner("caen", **RETIRED), tenant("dieppe"))
    for written in (shared(**RETIRED), ended(**RETIRED), both, without):
        assert refused(world, written) == [TOLD]
    world.clock.forward(days=31)
    assert refused(world, ended(**RETIRED)) == [TOLD]


def test_two_changes_are_not(world: SmallWorld) -> None:
    """The first closes it; then the quarantine begins, and the deletion is taken on its day."""
    assert refused(world, ended()) == []
    assert outcome_of(world.apply(ended()), "tenant/caen").status is Status.DONE
    assert "id-dieppe-main" not in world.engine.held["caen"][SCANS]
    assert refused(world, ended(**RETIRED)) == []
    assert world.plan(ended(**RETIRED)).plan.steps == ()
    world.clock.forward(days=31)
    (step,) = world.plan(ended(**RETIRED)).plan.steps
    assert step.action is StepAction.RETIRE
    assert outcome_of(world.apply(ended(**RETIRED)), "tenant/caen").status is Status.DONE


def test_a_closing_that_failed_is_none(world: SmallWorld) -> None:
    """The state has what was tried, the ledger what was before."""
    world.engine.failing[f"caen {SCANS}"] = Failure(resource=SCANS, cause="503", hint="try again later")
    assert outcome_of(world.apply(ended()), "tenant/caen").status is Status.FAILED
    assert refused(world, ended(**RETIRED)) == [TOLD]
    world.engine.failing.clear()
    world.apply(ended())
    assert refused(world, ended(**RETIRED)) == []


def test_a_lost_entry_of_the_ledger_lets_nothing_through(world: SmallWorld) -> None:
    """The state tells."""
    world.ledger.forget("tenant/caen")
    assert refused(world, ended(**RETIRED)) == [TOLD]


def test_a_waiver_may_answer_for_it(world: SmallWorld) -> None:
    """It stays open for the quarantine, and the plan goes on saying so."""
    last = DAY + dt.timedelta(days=30)
    waiver = Waiver(
        name="w", rule="POL108", object_kind="Tenant", object_name="caen", reason="r", approved_by="a", expires=last
    )
    written = replace(ended(**RETIRED), waivers={"w": waiver})
    plan = world.plan(written).plan
    assert ([one.waived_until for one in plan.findings], plan.refused) == ([last.isoformat()], False)
    world.clock.forward(days=30)
    (step,) = world.plan(written).plan.steps
    assert step.action is StepAction.RETIRE
