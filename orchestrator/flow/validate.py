"""The first use case: a folder to specs that nothing refuses, or to everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestrator.capacity.judge import judge_capacity
from orchestrator.model.finding import Finding, ObjectRef, Severity
from orchestrator.model.rule import JudgingRule, Subject
from orchestrator.model.specs import Specs, Waiver
from orchestrator.spec import codes
from orchestrator.spec.order import by_place
from orchestrator.spec.region import LoadedRegion, load_region


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """`specs`: None when a finding refuses them; `findings`: all, waived ones included, in the order of files."""

    specs: Specs | None
    findings: tuple[Finding, ...]


def validate(folder: Path, rules: Sequence[JudgingRule], today: dt.date) -> Validation:
    """Load, validate, decode, resolve, judge by rules and by capacity.

    `today`: the day on which certificates and waivers count. Rules judge only what is right in form and reference.
    Raises UsageError when there is no such folder.
    """
    loaded = load_region(folder, rules=[rule.code for rule in rules])
    if loaded.specs is None:
        return Validation(specs=None, findings=loaded.findings)
    judged = list(_judge(loaded, _subject(folder, loaded, loaded.specs, today), rules))
    waivers = loaded.specs.waivers.values()
    waived = [_waive(finding, [one for one in waivers if one.expires >= today]) for finding in judged]
    told = [finding for waiver in waivers for finding in _tell(loaded, waiver, judged, today)]
    unfit = judge_capacity(loaded.specs, loaded.position_of)  # no waiver makes room
    findings = by_place([*loaded.findings, *waived, *told, *unfit])
    refused = any(finding.refuses for finding in findings)
    return Validation(specs=None if refused else loaded.specs, findings=findings)


def _subject(folder: Path, loaded: LoadedRegion, specs: Specs, today: dt.date) -> Subject:
    files = {ref: Path(document.file).relative_to(folder).as_posix() for ref, document in loaded.documents.items()}
    return Subject(specs=specs, today=today, files=files)


def _judge(loaded: LoadedRegion, subject: Subject, rules: Sequence[JudgingRule]) -> Iterator[Finding]:
    for rule in rules:
        for violation in rule.check(subject):
            yield Finding(
                code=rule.code,
                severity=rule.severity,
                position=loaded.position_of(violation.object, violation.path),
                message=violation.message,
                path=violation.path,
                hint=violation.hint or rule.hint,
                object=violation.object,
                reference=rule.reference,
            )


def _suspends(waiver: Waiver, finding: Finding) -> bool:
    return waiver.rule == finding.code and finding.object == ObjectRef(kind=waiver.object_kind, name=waiver.object_name)


def _waive(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    """The finding, suspended until the last day of the waivers that name it."""
    ends = [waiver.expires for waiver in waivers if _suspends(waiver, finding)]
    return replace(finding, waived_until=max(ends).isoformat()) if ends else finding


def _tell(loaded: LoadedRegion, waiver: Waiver, judged: Sequence[Finding], today: dt.date) -> Iterator[Finding]:
    """What a reviewer should know of a waiver: that it counts no more, or that nothing needs it."""
    ref = ObjectRef(kind="Waiver", name=waiver.name)
    if waiver.expires < today:
        path: tuple[str, ...] = ("spec", "expires")
        message = f"waiver '{waiver.name}' of {waiver.rule} ended on {waiver.expires}"
        name, severity, hint = "waiver-expired", Severity.WARNING, "renew it by review, or remove the file"
    elif not any(_suspends(waiver, finding) for finding in judged):
        path = ("spec", "rule")
        message = f"waiver '{waiver.name}' suspends nothing: {waiver.rule} holds for its object"
        name, severity, hint = "waiver-idle", Severity.NOTE, "remove the file"
    else:
        return
    place = loaded.position_of(ref, path)
    yield codes.finding(name, place, message, hint=hint, path=path, object_=ref, severity=severity)
