"""A plan as an artifact: written, reviewed, read back."""

from __future__ import annotations

import json

import pytest
from any_plans import plans
from hypothesis import given

from orchestrator.errors import UsageError
from orchestrator.model.finding import Finding, Position, Severity
from orchestrator.model.plan import (
    Plan,
)
from orchestrator.reporting.plan_json import plan_from_json, plan_to_json

EMPTY = Plan(
    region="loire",
    inventory="inventory/loire",
    engine="embedded 1",
    steps=(),
    untaken=(),
    findings=(
        Finding(
            code="POL001",
            severity=Severity.WARNING,
            position=Position(file="a.yaml", line=3, column=5),
            message="late",
            path=("spec", "servers", 0),
        ),
    ),
    refusals=(),
    deletions=0,
    deletion_budget=10,
    digest="d",
)


@given(plan=plans)
def test_plan_comes_back_from_its_file_as_it_went_in(plan: Plan) -> None:
    """Whatever the texts hold: quotes, control characters, other scripts."""
    assert plan_from_json(plan_to_json(plan)) == plan


def test_findings_stand_in_the_file_for_reviewers() -> None:
    """With code and place, and come back as they went in."""
    (finding,) = json.loads(plan_to_json(EMPTY))["findings"]
    assert (finding["code"], finding["line"], finding["path"]) == ("POL001", 3, ["spec", "servers", 0])
    assert plan_from_json(plan_to_json(EMPTY)) == EMPTY


def test_file_says_whether_anything_would_be_done() -> None:
    """Pipelines look at `empty` without counting steps."""
    data = json.loads(plan_to_json(EMPTY))
    assert (data["schemaVersion"], data["empty"]) == (2, True)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '"plan"', '{"schemaVersion": 2, "empty": true, "steps": []}', b"\x7fELF\x80\xd0"]
)
def test_file_that_is_no_plan_is_refused(text: str | bytes) -> None:
    """It says how to make one."""
    with pytest.raises(UsageError, match="no plan") as caught:
        plan_from_json(text)
    assert "mutualis plan" in caught.value.hint


def test_plan_of_another_version_is_refused() -> None:
    """Its meaning may have changed."""
    with pytest.raises(UsageError, match="another version"):
        plan_from_json('{"schemaVersion": 1}')
