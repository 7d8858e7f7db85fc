"""What a rule that judges a plan is. It sees what would happen; it knows no engine, no waiver and no other rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from orchestrator.model.finding import Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRule:
    """As `policies.rule.Rule`, but `check` takes a plan with the specs and the ledger behind it."""

    code: str
    name: str
    severity: Severity
    summary: str
    hint: str
    reference: str
    check: Callable[[PlanFacts], Iterable[Violation]]
