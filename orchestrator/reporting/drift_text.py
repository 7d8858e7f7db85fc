"""A drift report for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.drift import SPECS_SAY, Difference, DriftReport, ObjectDrift, Owner, StackDrift, Unseen
from orchestrator.reporting.drift_shown import shown_objects, stack_name, totals
from orchestrator.reporting.plan_text import short_kind

MARKS: Final = {Difference.CHANGED: "~", Difference.GONE: "-", Difference.ADDED: "+"}
_LONGEST: Final = 160


def drift_to_text(report: DriftReport, *, theirs: bool) -> str:
    return "\n".join([*_lines(report, theirs=theirs), ""])


def _lines(report: DriftReport, *, theirs: bool) -> Iterator[str]:
    objects = sum(stack.objects for stack in report.stacks)
    yield (
        f"Drift of region {report.region}: {len(report.stacks)} stacks, {objects} objects; "
        f"{report.lists} list calls, {report.reads} single reads"
    )
    for stack in report.stacks:
        yield from _stack(stack, theirs=theirs)
    if report.unapplied:
        yield f"Never applied, so not compared: {', '.join(report.unapplied)}"
    yield from (f"NOT LOOKED AT: {unseen_text(one)}" for one in report.unseen)
    yield ""
    yield f"{totals(report)}{_rest(report, theirs=theirs)}."


def _stack(stack: StackDrift, *, theirs: bool) -> Iterator[str]:
    shown = shown_objects(stack, theirs=theirs)
    if not shown and not stack.unseen:
        return
    yield ""
    yield f"{stack_name(stack)}:"
    for one in shown:
        yield from object_lines(one)
    for missed in stack.unseen:
        yield f"  {'not shown' if missed.hidden else 'NOT LOOKED AT'}: {unseen_text(missed)}"


def drifted_name(drifted: ObjectDrift) -> str:
    """`networking SecGroupRule ingress,IPv4,tcp,22-22,0.0.0.0/0 in main/web`."""
    where = f" in {drifted.within}" if drifted.within else ""
    return f"{short_kind(drifted.kind)} {drifted.name}{where}"


def object_lines(drifted: ObjectDrift) -> Iterator[str]:
    whose = "" if drifted.owner is Owner.OURS else " [theirs]"
    told = "" if drifted.difference is Difference.CHANGED else f": {drifted.difference.value}"
    why = f" ({drifted.reason})" if drifted.reason and drifted.difference is Difference.ADDED else ""
    yield f"  {MARKS[drifted.difference]} {drifted_name(drifted)}{told}{why}{whose}"
    for field in drifted.fields:
        reason = "" if field.reason == SPECS_SAY else f" ({field.reason})"
        mark = "" if field.owner is Owner.OURS or drifted.owner is Owner.THEIRS else " [theirs]"
        yield f"      {field.field}: applied {_value(field.applied)}, found {_value(field.found)}{reason}{mark}"


def unseen_text(missed: Unseen) -> str:
    """What was not looked at, and why."""
    what = f"{short_kind(missed.kind) if ':' in missed.kind else missed.kind} {missed.name}".strip()
    return f"{what}: {missed.cause}" if what else missed.cause


def _rest(report: DriftReport, *, theirs: bool) -> str:
    number = sum(len(stack.theirs) for stack in report.stacks)
    if not number:
        return ""
    return f"; {number} theirs" if theirs else f"; {number} theirs, which --theirs shows"


def _value(text: str) -> str:
    if not text:
        return "none"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
