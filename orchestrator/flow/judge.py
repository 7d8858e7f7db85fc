"""From violations to findings: placed in the files, and suspended by the waivers that name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator.model.finding import Finding, ObjectRef, Path, Position
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import JudgingPlanRule, JudgingRule, NamedRule, Subject, Violation
from orchestrator.model.specs import Specs, Waiver

PositionOf = Callable[[ObjectRef, Path], Position]
PlaceOf = Callable[[ObjectRef, Path], tuple[Path, Position]]
"""A part of an object as a rule names it -> its path as written, and where it stands."""


def judge_specs(subject: Subject, rules: Sequence[JudgingRule], place_of: PlaceOf) -> Iterator[Finding]:
    """What each rule finds in the specs, waivers not counted yet."""
    return (finding for rule in rules for finding in _placed(rule, rule.check(subject), place_of))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanJudge:
    """What judges a plan of accepted specs: the rules, where things stand in the files, and the waivers."""

    rules: Sequence[JudgingPlanRule]
    place_of: PlaceOf

    def findings(self, facts: PlanFacts) -> tuple[Finding, ...]:
        """Everything that the rules find, waived ones included, rule by rule."""
        found = (one for rule in self.rules for one in _placed(rule, rule.check(facts), self.place_of))
        return tuple(waived(found, in_force(facts.specs, facts.today)))


def in_force(specs: Specs, today: dt.date) -> list[Waiver]:
    """The waivers that count on that day."""
    return [waiver for waiver in specs.waivers.values() if waiver.expires >= today]


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """The findings, each suspended until the last day of the waivers that name it."""
    for finding in findings:
        ends = [waiver.expires for waiver in waivers if suspends(waiver, finding)]
        yield replace(finding, waived_until=max(ends).isoformat()) if ends else finding


def suspends(waiver: Waiver, finding: Finding) -> bool:
    """Whether the waiver names this rule for this object; its end is not looked at."""
    return waiver.rule == finding.code and finding.object == ObjectRef(kind=waiver.object_kind, name=waiver.object_name)


def _placed(rule: NamedRule, violations: Iterable[Violation], place_of: PlaceOf) -> Iterator[Finding]:
    for violation in violations:
        path, position = place_of(violation.object, violation.path)
        yield Finding(
            code=rule.code,
            severity=rule.severity,
            position=position,
            message=violation.message,
            path=path,
            hint=violation.hint or rule.hint,
            object=violation.object,
            reference=rule.reference,
        )
