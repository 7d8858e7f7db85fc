"""What `apply` asks before it acts."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest
from small_region import specs, tenant
from small_world import SmallWorld

from orchestrator.cli.apply import _agree
from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.model.plan import Plan


@pytest.fixture
def plan() -> Plan:
    return SmallWorld().plan(specs(tenant("caen"), tenant("vire"))).plan


def test_plan_file_that_says_the_same_is_agreed_to(plan: Plan) -> None:
    """Nobody is asked again."""
    assert _agree(plan, plan, yes=False) is None


def test_plan_file_with_other_steps_under_the_same_digest_is_refused(plan: Plan) -> None:
    """What people saw was not what would be done."""
    with pytest.raises(PolicyRefusal, match="changed after it was made"):
        _agree(plan, replace(plan, steps=plan.steps[:1]), yes=True)


def test_both_plans_are_shown_when_they_differ(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """Side by side: the reviewed one, and what would be done now."""
    now = SmallWorld().plan(specs(tenant("caen"))).plan
    with pytest.raises(PolicyRefusal):
        _agree(now, plan, yes=True)
    reviewed, _, rest = capsys.readouterr().err.partition("Now:")
    assert "tenant/vire" in reviewed
    assert "tenant/vire" not in rest


@pytest.mark.parametrize("stdin", [io.StringIO("y\n"), None], ids=["a pipe", "closed"])
def test_without_a_terminal_nobody_agrees(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None
) -> None:
    """A pipeline must say --yes or give a plan file; text on its standard input is no answer."""
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(UsageError, match="nobody is there"):
        _agree(plan, None, yes=False)
