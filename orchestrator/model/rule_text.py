"""What people and other tools are told of the rule behind a finding."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.model.finding import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """`severity`: of its findings; of a code of form an error, as most of these are."""

    code: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR
    hint: str = ""
    reference: str = ""
