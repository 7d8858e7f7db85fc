"""The Rego of docs/policies.md, evaluated on plans as they are written to a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from plan_cases import GONE, SERVER_ANEW, caen, facts
from regopy import Interpreter
from small_region import DAY

from orchestrator.flow.judge import PlanJudge
from orchestrator.model.finding import Position
from orchestrator.model.plan import Plan
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.reporting.plan_json import plan_to_json
from policies.plan_rules import PLAN_RULES

POLICY = Path(__file__).parents[3] / "docs" / "examples" / "plan.rego"


def plan(judged: PlanFacts, deletions: int = 1) -> Plan:
    judge = PlanJudge(rules=PLAN_RULES, place_of=lambda ref, path: (path, Position(file=f"{ref.name}.yaml")))
    return Plan(
        region="loire",
        inventory="inventory/loire",
        engine="embedded 1",
        steps=judged.steps,
        untaken=(),
        findings=judge.findings(judged),
        refusals=(),
        deletions=deletions,
        deletion_budget=100,
        digest="d",
    )


def denied(judged: Plan) -> list[str]:
    """What the policy says of the plan's file."""
    rego = Interpreter()
    rego.add_module("plan", POLICY.read_text(encoding="utf-8"))
    rego.set_input(json.loads(plan_to_json(judged)))
    (found,) = json.loads(str(rego.query("data.main.deny")))["expressions"]
    return sorted(found)


def test_plan_that_breaks_nothing_is_let_through() -> None:
    """An empty list, not an error."""
    assert denied(plan(facts(caen()))) == []


def test_plan_is_denied_by_what_our_own_rules_found() -> None:
    """By code and message."""
    (message,) = denied(plan(facts(caen(), GONE)))
    assert message == "POL102 tenant 'caen' is active and would lose data: volume main/archive"


def test_what_is_waived_is_not_denied() -> None:
    """The reader sees until when."""
    judged = plan(facts(caen(), GONE))
    suspended = tuple(replace(one, waived_until=DAY.isoformat()) for one in judged.findings)
    assert denied(replace(judged, findings=suspended)) == []


@pytest.mark.parametrize(
    ("tenant", "deletions", "told"),
    [
        ("caen", 11, "11 objects would go; ten is our limit"),
        ("sainte-odile", 1, "tenant/sainte-odile: server main/web would be replaced"),
    ],
)
def test_policy_of_the_reader_counts_beside_ours(tenant: str, deletions: int, told: str) -> None:
    """Numbers and resource changes are where the schema says."""
    judged = facts(replace(caen(), name=tenant), SERVER_ANEW)
    assert told in denied(plan(judged, deletions))
