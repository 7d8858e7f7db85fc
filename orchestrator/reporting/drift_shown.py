"""What of a drift report is shown: drift always, what is theirs on request."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.model.counted import counted
from orchestrator.model.drift import DriftReport, FieldDrift, ObjectDrift, Owner, StackDrift


def shown_objects(stack: StackDrift, *, theirs: bool) -> tuple[ObjectDrift, ...]:
    """The objects to show, each with the fields to show."""
    if theirs:
        return stack.drifted
    return tuple(replace(one, fields=_ours(one)) for one in stack.ours)


def stack_name(stack: StackDrift) -> str:
    return f"tenant/{stack.tenant}" if stack.tenant else "region"


def totals(report: DriftReport) -> str:
    """`3 objects of ours differ in 2 stacks`; what was not looked at is never nothing."""
    stacks = sum(1 for one in report.stacks if one.ours)
    count = f"{counted(report.drift, 'object')} of ours differ{'s' if report.drift == 1 else ''}"
    found = f"{count} in {counted(stacks, 'stack')}" if report.drift else "no drift"
    if report.complete:
        return found
    return f"{found if report.drift else 'no drift found'}, but not everything was looked at"


def _ours(drifted: ObjectDrift) -> tuple[FieldDrift, ...]:
    return tuple(field for field in drifted.fields if field.owner is Owner.OURS)
