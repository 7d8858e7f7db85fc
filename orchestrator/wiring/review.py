"""A review with the rules of `policies` and of this machine, of revisions that Git keeps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from orchestrator.adapters.git_tree.compared import compared, path_inside, repository
from orchestrator.capacity.judge import CODES as CAPACITY_CODES
from orchestrator.capacity.judge import HINTS
from orchestrator.flow.review import Judges, review
from orchestrator.model.finding import Severity
from orchestrator.model.review import Review
from orchestrator.model.rule_text import RuleText
from orchestrator.spec.codes import TABLE
from orchestrator.wiring.operator_rules import OperatorRules, operator_rules
from orchestrator.wiring.specs import today
from policies import RULES
from policies.plan_rules import PLAN_RULES


def reviewed(
    place: Path, folder: Path, *, base: str | None, head: str, rules: Path | None, load: Fraction
) -> tuple[Review, tuple[RuleText, ...]]:
    """The review, and what is to be said of every rule that it may name. `base`: None: compared with nothing.

    Rules of the operator are refused where the repository, or its working copy, could bring them.
    Raises UsageError, TemporaryFailure when Git cannot answer, PolicyRefusal when there is too much to read.
    """
    found = repository(place)
    own = operator_rules(rules, found.top) if rules else OperatorRules()
    judges = Judges(rules=(*RULES, *own.rules), plan_rules=(*PLAN_RULES, *own.plan_rules), today=today(), load=load)
    with compared(found, path_inside(found, folder), base, head) as both:
        return review(both, judges), _texts(own)


def _texts(own: OperatorRules) -> tuple[RuleText, ...]:
    form = [RuleText(code=one.code, name=one.name, summary=one.summary) for one in TABLE]
    judged = [
        RuleText(
            code=rule.code,
            name=rule.name,
            summary=rule.summary,
            severity=rule.severity,
            hint=rule.hint,
            reference=rule.reference,
        )
        for rule in (*RULES, *own.rules)
    ]
    room = [
        RuleText(
            code=code,
            name=f"capacity-{name}",
            summary=_ROOM[code],
            severity=Severity.WARNING if name == "declared" else Severity.ERROR,
            hint=HINTS[code],
        )
        for name, code in CAPACITY_CODES.items()
    ]
    return (*form, *judged, *room)


_ROOM = {
    "CAP001": "Guaranteed shares fit as a sum into what a site has after the reserve.",
    "CAP002": "Quotas fit into what a site has after the reserve.",
    "CAP003": "Every guaranteed share finds hosts with room for its servers.",
    "CAP004": "A loss that must be survived is survived.",
}
