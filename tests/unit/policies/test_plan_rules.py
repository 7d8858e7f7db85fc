"""Each rule that judges plans, by a plan that keeps it and one that does not; and what is easily judged wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_cases import (
    BOOTED,
    CASES,
    GONE,
    ROOT_GONE,
    SERVER_ANEW,
    SERVER_GONE,
    asking,
    caen,
    change,
    facts,
)
from small_region import server

from orchestrator.model.plan import Operation
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.tenant import QuotaRequest
from policies.data_loss import VOLUME
from policies.plan_rule import PlanRule
from policies.plan_rules import PLAN_RULES

RULES = {rule.code: rule for rule in PLAN_RULES}


def found(rule: PlanRule, plan: PlanFacts) -> tuple[str, ...]:
    return tuple(f"{one.object.name}: {one.message}" for one in rule.check(plan))


def test_every_plan_rule_has_its_case() -> None:
    """And no case is left over."""
    assert list(RULES) == list(CASES)


@pytest.mark.parametrize("rule", PLAN_RULES, ids=lambda rule: rule.code)
def test_a_plan_that_keeps_the_rule_is_let_through(rule: PlanRule) -> None:
    """Nothing is found."""
    assert found(rule, CASES[rule.code].passing) == ()


@pytest.mark.parametrize("rule", PLAN_RULES, ids=lambda rule: rule.code)
def test_a_plan_that_breaks_the_rule_is_told_so(rule: PlanRule) -> None:
    """Of the object that can be waived, to the letter."""
    assert found(rule, CASES[rule.code].failing) == CASES[rule.code].says


def test_a_root_disk_counts_with_its_server() -> None:
    """A server that is removed takes its root volume along: a warning of the server, no loss of a volume besides."""
    plan = facts(caen(), SERVER_GONE, ROOT_GONE)
    assert found(RULES["POL102"], plan) == ()
    assert len(found(RULES["POL103"], plan)) == 1


def test_a_new_image_of_a_server_on_a_volume_loses_the_volume() -> None:
    """The volume of the old image goes, whatever the spec says of boot volumes."""
    anew = change(Operation.CREATE, VOLUME, "main/web/root/debian-13")
    plan = facts(caen(servers=(BOOTED,)), SERVER_ANEW, ROOT_GONE, anew)
    assert len(found(RULES["POL104"], plan)) == 1


def test_moving_a_root_disk_to_a_volume_loses_the_disk() -> None:
    """The volume comes from the image, not from the disk."""
    plan = facts(caen(servers=(BOOTED,)), SERVER_ANEW, change(Operation.CREATE, VOLUME, "main/web/root/debian"))
    assert len(found(RULES["POL104"], plan)) == 1


def test_a_server_of_another_project_is_found_in_the_specs() -> None:
    """By the name that its stack gives it."""
    tests = replace(BOOTED, project="caen-tests")
    assert found(RULES["POL104"], facts(caen(servers=(tests,)), replace(SERVER_ANEW, name="caen-tests/web"))) == ()
    assert len(found(RULES["POL104"], facts(caen(servers=(tests,)), SERVER_ANEW))) == 1


@pytest.mark.parametrize("code", ["POL106", "POL107"])
def test_an_unknown_earlier_quota_is_not_judged(code: str) -> None:
    """Entries of before the ledger kept quotas say nothing of it."""
    assert found(RULES[code], facts(caen(quota=asking("l")))) == ()


@pytest.mark.parametrize(
    ("before", "now", "refused"),
    [
        (asking("s"), asking("s", 2), False),
        (asking("s"), asking("s", 2.5), True),
        (asking("l"), asking("l", 2), False),
        (asking("l"), asking("l", 2.5), True),
        (asking("l"), asking("s"), False),
        (asking("s"), QuotaRequest(size="s", overrides={"vcpus": 17}), True),
        (asking("s"), QuotaRequest(size="s", overrides={"servers": 500}), False),
    ],
)
def test_one_step_is_the_next_size_or_one_more_of_the_largest(
    before: QuotaRequest,
    now: QuotaRequest,
    refused: bool,  # noqa: FBT001 parametrised
) -> None:
    """However the request is written: by size, by multiplier, by single values. Shrinking is no jump."""
    assert bool(found(RULES["POL106"], facts(caen(quota=now), asked=before))) is refused


def test_a_larger_size_of_the_catalogue_is_no_request() -> None:
    """The operator changes what a size means for everybody; the member asked for nothing."""
    plan = facts(caen(quota=asking("s")), asked=asking("s"), since="2026-03-01")
    assert found(RULES["POL107"], plan) == ()


def test_the_message_names_every_volume_that_goes() -> None:
    """One finding a tenant, for one waiver."""
    plan = facts(caen(servers=(server("web"),)), GONE, replace(GONE, name="main/letters"))
    (message,) = found(RULES["POL102"], plan)
    assert "volume main/archive, volume main/letters" in message
