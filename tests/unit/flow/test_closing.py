"""Who retires closes its containers at once, for those with whom both sides have ended a share."""

from __future__ import annotations

from typing import Any

import pytest
from shared_containers import container, owner, user
from small_region import DAY, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.model.outcome import Failure, Status
from orchestrator.model.plan import Operation, StepAction
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState

READ = ContainerAccess.READ
RETIRED: dict[str, Any] = {"state": TenantState.RETIRED, "retired_on": DAY}
SCANS = "container:main/scans"


@pytest.fixture
def world() -> SmallWorld:
    """Caen has opened a container for dieppe."""
    made = SmallWorld()
    made.apply(specs(owner("caen", container(dieppe=READ)), user("dieppe", "caen")))
    assert "id-dieppe-main" in made.engine.held["caen"][SCANS]
    return made


def ended() -> Specs:
    """One change retires caen, ends the share at both sides, and takes caen's networks out of its file."""
    return specs(owner("caen", container(), networks=(), **RETIRED), tenant("dieppe"))


def test_it_is_closed_by_the_next_run_and_nothing_else_happens(world: SmallWorld) -> None:
    """What stands in quarantine stands; the plan after it has nothing left to do."""
    before = dict(world.engine.held["caen"])
    (step,) = world.plan(ended()).plan.steps
    assert (step.name, step.action) == ("tenant/caen", StepAction.BUILD)
    assert [(one.operation, one.name) for one in step.changes] == [(Operation.UPDATE, SCANS)]
    assert outcome_of(world.apply(ended()), "tenant/caen").status is Status.DONE
    held = world.engine.held["caen"]
    assert "id-dieppe-main" not in held[SCANS]
    assert {**held, SCANS: ""} == {**before, SCANS: ""}
    assert world.plan(ended()).plan.steps == ()


def test_what_failed_is_tried_again(world: SmallWorld) -> None:
    """It is not forgotten for the rest of the quarantine."""
    world.engine.failing[f"caen {SCANS}"] = Failure(resource=SCANS, cause="503", hint="try again later")
    assert outcome_of(world.apply(ended()), "tenant/caen").status is Status.FAILED
    world.engine.failing.clear()
    assert outcome_of(world.apply(ended()), "tenant/caen").status is Status.DONE
    assert "id-dieppe-main" not in world.engine.held["caen"][SCANS]
    assert world.plan(ended()).plan.steps == ()


def test_it_is_deleted_on_its_day_and_comes_back_whole_before(world: SmallWorld) -> None:
    """Closing has recorded nothing that later plans could take for the whole stack."""
    world.apply(ended())
    back = specs(owner("caen", container(), networks=()), tenant("dieppe"))
    (step,) = world.plan(back).plan.steps
    assert (step.name, step.action) == ("tenant/caen", StepAction.BUILD)
    assert any(one.operation is Operation.DELETE for one in step.changes)
    world.clock.forward(days=31)
    (step,) = world.plan(ended()).plan.steps
    assert step.action is StepAction.RETIRE
