"""A plan is judged by rules: found, waived, refused; and what the ledger keeps so that quotas can be judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_region import DAY, catalogue, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PolicyRefusal
from orchestrator.flow.as_reviewed import refuse_unless_applicable
from orchestrator.model.catalogue import QuotaSize
from orchestrator.model.finding import Severity
from orchestrator.model.outcome import Failure
from orchestrator.model.specs import Specs, Waiver
from orchestrator.model.tenant import QuotaRequest
from orchestrator.reporting.plan_json import plan_from_json, plan_to_json
from orchestrator.reporting.plan_markdown import plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text
from policies.plan_rules import PLAN_RULES

SIZES = {"s": QuotaSize(name="s", values={"vcpus": 8}), "l": QuotaSize(name="l", values={"vcpus": 64})}


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld(rules=PLAN_RULES)


def asking(size: str, **of_quota: object) -> Specs:
    """Caen asks for this size, of a catalogue with sizes of 8, 16 and 64 cores."""
    sizes = {**SIZES, "m": QuotaSize(name="m", values={"vcpus": 16})}
    one = tenant("caen", quota=replace(QuotaRequest(size=size), **of_quota))  # type: ignore[arg-type]
    return replace(specs(one), catalogue=replace(catalogue(), quota_sizes=sizes))


def waived(written: Specs, rule: str, expires: dt.date) -> Specs:
    waiver = Waiver(
        name="w", rule=rule, object_kind="Tenant", object_name="caen", reason="r", approved_by="a", expires=expires
    )
    return replace(written, waivers={"w": waiver})


def codes(world: SmallWorld, written: Specs) -> list[str]:
    return [finding.code for finding in world.plan(written).plan.findings]


def test_first_quota_is_no_change(world: SmallWorld) -> None:
    """However large: a member begins with what its agreement says."""
    assert codes(world, asking("l")) == []


def test_jump_of_a_quota_is_refused(world: SmallWorld) -> None:
    """With where it stands; nothing may be applied."""
    world.apply(asking("s"))
    plan = world.plan(asking("l")).plan
    (finding,) = plan.findings
    assert (finding.code, finding.severity, str(finding.position)) == ("POL106", Severity.ERROR, "caen.yaml:1:1")
    assert plan.refused
    with pytest.raises(PolicyRefusal, match="POL106 the quota of 'caen' grows by more than one size"):
        refuse_unless_applicable(plan)


def test_waiver_lets_it_through_until_its_last_day(world: SmallWorld) -> None:
    """The finding stays visible; the day after it counts again."""
    world.apply(asking("s"))
    plan = world.plan(waived(asking("l"), "POL106", DAY)).plan
    assert [finding.waived_until for finding in plan.findings] == [DAY.isoformat()]
    assert not plan.refused
    assert refuse_unless_applicable(plan) is None
    assert world.plan(waived(asking("l"), "POL106", DAY - dt.timedelta(days=1))).plan.refused


def test_second_change_within_a_month_is_refused(world: SmallWorld) -> None:
    """Counted from the last change that was applied, whatever was applied since."""
    world.apply(asking("s"))
    world.apply(asking("m"))
    world.program = "program-2"
    world.apply(asking("m"))
    world.clock.forward(days=29)
    assert codes(world, asking("s")) == ["POL107"]
    world.clock.forward(days=1)
    assert codes(world, asking("s")) == []


def test_ledger_keeps_request_values_and_day_of_the_change(world: SmallWorld) -> None:
    """The first request has no day: nothing changed."""
    world.apply(asking("s"))
    first = world.ledger.read()["tenant/caen"].quota
    world.apply(asking("s", multiplier=2.0))
    second = world.ledger.read()["tenant/caen"].quota
    assert first is not None
    assert second is not None
    assert (first.size, first.multiplier, first.values["vcpus"], first.changed_on) == ("s", 1.0, 8, "")
    assert (second.size, second.multiplier, second.values["vcpus"], second.changed_on) == ("s", 2.0, 16, str(DAY))


def test_quota_of_a_broken_apply_is_the_one_before(world: SmallWorld) -> None:
    """What was not applied whole is judged again."""
    world.apply(asking("s"))
    world.engine.failing["caen quotas:main"] = Failure(resource="main", cause="c", hint="h")
    world.apply(asking("m"))
    entry = world.ledger.read()["tenant/caen"]
    assert entry.digest == ""
    assert entry.quota is not None
    assert entry.quota.size == "s"


@pytest.mark.parametrize("render", [plan_to_text, plan_to_markdown], ids=["text", "markdown"])
def test_people_see_findings_of_a_plan(world: SmallWorld, render: object) -> None:
    """What refuses stands apart from what is waived; code, place and what to do are there."""
    assert callable(render)
    world.apply(asking("s"))
    refused = render(world.plan(asking("l")).plan)
    suspended = render(world.plan(waived(asking("l"), "POL106", DAY)).plan)
    for told in ("POL106", "grows by more than one size", "caen.yaml:1:1", "ask for the next size first"):
        assert told in refused
    assert "REFUSED" in refused.upper()
    assert "waived until 2026-03-02" in suspended
    assert "REFUSED" not in suspended.upper()


def test_findings_come_back_with_the_plan(world: SmallWorld) -> None:
    """As they went into the file."""
    world.apply(asking("s"))
    plan = world.plan(asking("l")).plan
    assert plan_from_json(plan_to_json(plan)) == plan
