"""The published schema of a plan is the truth about plans."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest
from any_plans import plans
from hypothesis import given
from plan_cases import CASES
from small_region import DAY, server, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PermanentFailure
from orchestrator.flow.judge import PlanJudge
from orchestrator.model.finding import Position
from orchestrator.model.plan import Plan
from orchestrator.model.region import Deletion, FreezeWindow
from orchestrator.model.tenant import TenantState
from orchestrator.planning.assemble import plan_digest
from orchestrator.reporting.plan_json import SCHEMA_VERSION, plan_to_json
from orchestrator.reporting.plan_schema import plan_schema
from policies.plan_rules import PLAN_RULES

SCHEMA: dict[str, Any] = json.loads(plan_schema())
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def check_valid(plan: Plan) -> None:
    problems = [
        f"{error.instance_path}: {error.message}" for error in VALIDATOR.iter_errors(json.loads(plan_to_json(plan)))
    ]
    assert problems == []


@given(plan=plans)
def test_every_plan_keeps_to_the_schema(plan: Plan) -> None:
    """Whatever stands in it."""
    check_valid(plan)


def test_plans_of_a_region_keep_to_the_schema() -> None:
    """First apply, nothing to do, broken stack, retirement over the budget in a freeze."""
    world = SmallWorld(rules=PLAN_RULES)
    written = specs(tenant("caen", servers=(server("web"),)), tenant("vire"))
    check_valid(world.plan(written).plan)
    world.apply(written)
    check_valid(world.plan(written).plan)
    world.engine.broken["vire"] = PermanentFailure("cannot preview stack vire")
    window = FreezeWindow(start=DAY, end=DAY, reason="elections")
    gone = tenant("caen", state=TenantState.RETIRED, retired_on=DAY - dt.timedelta(days=1))
    last = specs(gone, tenant("vire", display_name="V"), deletion=Deletion(budget=0), freeze_windows=(window,))
    plan = world.plan(last).plan
    assert len(plan.refusals) == 2
    check_valid(plan)


@pytest.mark.parametrize("rule", PLAN_RULES, ids=lambda rule: rule.code)
def test_findings_of_each_plan_rule_keep_to_the_schema(rule: Any) -> None:
    """As they stand in a plan's file."""
    facts = CASES[rule.code].failing
    judge = PlanJudge(rules=(rule,), place_of=lambda ref, path: (path, Position(file=f"{ref.name}.yaml")))
    plan = Plan(
        region="loire",
        inventory="i",
        engine="e",
        steps=facts.steps,
        untaken=(),
        findings=judge.findings(facts),
        refusals=(),
        deletions=0,
        deletion_budget=0,
        digest=plan_digest("loire", facts.steps),
    )
    assert plan.findings
    check_valid(plan)
    check_valid(replace(plan, findings=tuple(replace(one, waived_until="2026-12-31") for one in plan.findings)))


def test_schema_is_of_the_version_that_is_written() -> None:
    """Another version is another schema."""
    assert SCHEMA["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION
    assert f"/v{SCHEMA_VERSION}/" in SCHEMA["$id"]


def test_schema_describes_every_field() -> None:
    """A reader of plans looks nowhere else."""
    described = [SCHEMA, *SCHEMA["$defs"].values()]
    assert [name for part in described for name, one in part["properties"].items() if not one.get("description")] == []


@pytest.mark.parametrize("spoilt", [{"steps": [{}]}, {"schemaVersion": 1}, {"refused": "no"}, {"unknown": 1}])
def test_what_is_no_plan_breaks_the_schema(spoilt: dict[str, Any]) -> None:
    """The check can fail."""
    plan = json.loads(plan_to_json(SmallWorld().plan(specs(tenant("caen"))).plan))
    assert VALIDATOR.is_valid(plan)
    assert not VALIDATOR.is_valid(plan | spoilt)
