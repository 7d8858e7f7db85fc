"""The first use case: a folder to specs that nothing refuses, or to everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.capacity.judge import judge_capacity
from orchestrator.flow.judge import PlanJudge, in_force, judge_specs, suspends, waived
from orchestrator.model.finding import Finding, ObjectRef, Severity
from orchestrator.model.rule import JudgingPlanRule, JudgingRule, Subject
from orchestrator.model.specs import Specs, Waiver
from orchestrator.spec import codes
from orchestrator.spec.collector import paused
from orchestrator.spec.order import by_place
from orchestrator.spec.region import LoadedRegion, load_region


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """`specs`: None when a finding refuses them; `findings`: all, waived ones included, in the order of files.

    `written`: the specs although a rule or capacity refuses them; None when their form or a reference does.
    `plan_judge`: what judges a plan of these specs.
    """

    specs: Specs | None
    findings: tuple[Finding, ...]
    written: Specs | None
    plan_judge: PlanJudge


@paused()
def validate(
    folder: Path, rules: Sequence[JudgingRule], today: dt.date, *, plan_rules: Sequence[JudgingPlanRule] = ()
) -> Validation:
    """Load, validate, decode, resolve, judge by rules and by capacity.

    `today`: the day on which certificates and waivers count; `plan_rules`: waivers may name these too.
    Rules judge only what is right in form and reference. Raises UsageError when there is no such folder.
    """
    loaded = load_region(folder, rules=[rule.code for rule in (*rules, *plan_rules)])
    judge = PlanJudge(rules=plan_rules, position_of=loaded.position_of)
    if loaded.specs is None:
        return Validation(specs=None, findings=loaded.findings, written=None, plan_judge=judge)
    judged = list(judge_specs(_subject(folder, loaded, loaded.specs, today), rules, loaded.position_of))
    suspended = waived(judged, in_force(loaded.specs, today))
    later = frozenset(rule.code for rule in plan_rules)
    told = [one for waiver in loaded.specs.waivers.values() for one in _tell(loaded, waiver, judged, today, later)]
    unfit = judge_capacity(loaded.specs, loaded.position_of)  # no waiver makes room
    findings = by_place([*loaded.findings, *suspended, *told, *unfit])
    refused = any(finding.refuses for finding in findings)
    return Validation(
        specs=None if refused else loaded.specs, findings=findings, written=loaded.specs, plan_judge=judge
    )


def _subject(folder: Path, loaded: LoadedRegion, specs: Specs, today: dt.date) -> Subject:
    files = {ref: Path(document.file).relative_to(folder).as_posix() for ref, document in loaded.documents.items()}
    return Subject(specs=specs, today=today, files=files)


def _tell(
    loaded: LoadedRegion, waiver: Waiver, judged: Sequence[Finding], today: dt.date, later: frozenset[str]
) -> Iterator[Finding]:
    """What a reviewer should know of a waiver: that it counts no more, or that nothing needs it.

    `later`: rules of which only a plan shows whether they hold.
    """
    ref = ObjectRef(kind="Waiver", name=waiver.name)
    if waiver.expires < today:
        path: tuple[str, ...] = ("spec", "expires")
        message = f"waiver '{waiver.name}' of {waiver.rule} ended on {waiver.expires}"
        name, severity, hint = "waiver-expired", Severity.WARNING, "renew it by review, or remove the file"
    elif waiver.rule not in later and not any(suspends(waiver, finding) for finding in judged):
        path = ("spec", "rule")
        message = f"waiver '{waiver.name}' suspends nothing: {waiver.rule} holds for its object"
        name, severity, hint = "waiver-idle", Severity.NOTE, "remove the file"
    else:
        return
    place = loaded.position_of(ref, path)
    yield codes.finding(name, place, message, hint=hint, path=path, object_=ref, severity=severity)
