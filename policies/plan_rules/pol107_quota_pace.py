"""POL107: a quota that has just changed does not change again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from policies.plan_rule import PlanRule
from policies.quota_growth import changed_requests
from policies.rule import tenant_ref

DAYS: Final = 30


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, before in changed_requests(facts):
        if before.changed_on and _days_since(before.changed_on, facts.today) < DAYS:
            message = f"the quota of '{tenant.name}' changed on {before.changed_on}, less than {DAYS} days ago"
            yield Violation(object=tenant_ref(tenant), path=("spec", "quota"), message=message)


def _days_since(date: str, today: dt.date) -> int:
    return (today - dt.date.fromisoformat(date)).days


RULE = PlanRule(
    code="POL107",
    name="quota-pace",
    severity=Severity.ERROR,
    summary=f"A quota changes at most once in {DAYS} days.",
    hint=f"wait until {DAYS} days have passed, or have the change approved by a waiver",
    reference="quota change steps, docs/policies.md",
    check=_check,
)
