"""Two revisions' folders to a review: each judged by the rules of this machine, then held against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from orchestrator.errors import SpecError
from orchestrator.flow.review.capacity import capacity_delta
from orchestrator.flow.review.figures import cost_delta, footprint_delta
from orchestrator.flow.review.gates import approvals, builds, freezes
from orchestrator.flow.review.policy import policy_delta
from orchestrator.flow.review.resources import changed_documents
from orchestrator.flow.validate import Validation, validate
from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.model.review_source import Compared, Revision
from orchestrator.model.rule import JudgingPlanRule, JudgingRule
from orchestrator.model.running_cost import DEFAULT_LOAD
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """The rules, the day on which they judge, and the load of hosts that is assumed, 0 to 1."""

    rules: Sequence[JudgingRule]
    plan_rules: Sequence[JudgingPlanRule]
    today: dt.date
    load: Fraction = DEFAULT_LOAD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    specs: Specs | None
    findings: tuple[Finding, ...]


def review(compared: Compared, judges: Judges) -> Review:
    """What the change from `before` to `after` would do. Runs nothing and asks no cloud."""
    before = _judged(compared.before, compared.folder, judges)
    after = _judged(compared.after, compared.folder, judges)
    was, now = before.specs, after.specs
    named = now or was
    found = Review(
        region=named.region.name if named else "",
        folder=compared.folder,
        base=compared.before.commit if compared.before else "",
        head=compared.after.commit,
        base_asked=compared.before.asked if compared.before else "",
        head_asked=compared.after.asked,
        today=judges.today,
        behind=compared.behind,
        refused=compared.after.refused,
        unjudged=compared.unjudged,
        more_unjudged=compared.more_unjudged,
        policy=policy_delta(before.findings, after.findings, was, now),
    )
    if now is None:
        return replace(found, unread=_why_unread(compared.after))
    try:
        return replace(found, **_figures(was, now, judges))
    except SpecError as error:
        return replace(found, unread=f"the figures cannot be told: {error}")


def _figures(was: Specs | None, now: Specs, judges: Judges) -> dict[str, Any]:
    documents = changed_documents(was, now)
    return {
        "documents": documents,
        "freezes": freezes(now.region, judges.today) if any(map(builds, documents)) else (),
        "approvals": approvals(was, now, documents),
        "deletion_budget": now.region.deletion.budget,
        "capacity": capacity_delta(was, now),
        "cost": cost_delta(was, now, judges.today, judges.load),
        "footprint": footprint_delta(was, now, judges.today, judges.load),
    }


def _why_unread(revision: Revision) -> str:
    if revision.folder is None:
        return "the head has no such folder: there is nothing to judge"
    return "the specs are wrong in form or reference: mend the findings first, then the figures can be told"


def _judged(revision: Revision | None, folder: str, judges: Judges) -> _Judged:
    if revision is None or revision.folder is None:
        return _Judged(specs=None, findings=())
    found: Validation = validate(revision.folder, judges.rules, judges.today, plan_rules=judges.plan_rules)
    return _Judged(specs=found.written, findings=tuple(_named(one, revision.folder, folder) for one in found.findings))


def _named(finding: Finding, scratch: Path, folder: str) -> Finding:
    """With files as the repository names them; where they were copied to is nobody's business."""
    position = replace(finding.position, file=_as_in_repository(finding.position.file, scratch, folder))
    message, hint = (_as_in_repository(text, scratch, folder) for text in (finding.message, finding.hint))
    return replace(finding, position=position, message=message, hint=hint)


def _as_in_repository(text: str, scratch: Path, folder: str) -> str:
    named = text.replace(f"{scratch}/", f"{folder}/" if folder else "")
    return named.replace(str(scratch), folder or ".")
