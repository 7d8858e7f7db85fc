"""What is applied is what was reviewed, and nothing that must not be applied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_region import DAY, server, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PolicyRefusal
from orchestrator.flow.as_reviewed import refuse_unless_applicable, refuse_unless_reviewed
from orchestrator.model.plan import Plan
from orchestrator.model.region import FreezeWindow
from orchestrator.reporting.plan_json import plan_from_json, plan_to_json


def plan(*names: str) -> Plan:
    return SmallWorld().plan(specs(*map(tenant, names))).plan


def test_reviewed_plan_is_accepted_when_the_same_would_be_done() -> None:
    """It comes back from its file as it went in."""
    reviewed = plan_from_json(plan_to_json(plan("caen")))
    assert refuse_unless_reviewed(reviewed, plan("caen")) is None


def test_changed_plan_is_refused() -> None:
    """A tenant more than was reviewed."""
    with pytest.raises(PolicyRefusal, match="not what was reviewed"):
        refuse_unless_reviewed(plan("caen"), plan("caen", "vire"))


def test_change_inside_a_step_is_refused_too() -> None:
    """The steps have the same names; one makes a server that nobody reviewed."""
    more = SmallWorld().plan(specs(tenant("caen", servers=(server("web"),)))).plan
    with pytest.raises(PolicyRefusal):
        refuse_unless_reviewed(plan("caen"), more)


def test_plan_file_whose_steps_were_edited_is_refused() -> None:
    """Reviewers saw its steps, not its digest: the digest must be the one of what they saw."""
    true = plan("caen", "vire")
    edited = replace(true, steps=true.steps[:-1])
    with pytest.raises(PolicyRefusal, match="changed after it was made"):
        refuse_unless_reviewed(edited, true)


def test_plan_in_a_freeze_window_must_not_be_applied() -> None:
    """The refusal names the reason of the window."""
    window = FreezeWindow(start=DAY, end=DAY, reason="municipal elections")
    frozen = SmallWorld().plan(specs(tenant("caen"), freeze_windows=(window,))).plan
    with pytest.raises(PolicyRefusal, match="municipal elections"):
        refuse_unless_applicable(frozen)


def test_plan_without_refusals_may_be_applied() -> None:
    """Outside of windows and within the budget."""
    assert refuse_unless_applicable(plan("caen")) is None
