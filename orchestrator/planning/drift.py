"""A comparison judged into a drift report, and reports folded into the record that lasts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from orchestrator.model.drift import (
    ComparedStack,
    DriftRecord,
    DriftReport,
    StackDrift,
    StackRecord,
    tenant_of,
)
from orchestrator.planning.ownership import judged


def stack_drift(compared: ComparedStack, looked_at: str) -> StackDrift:
    """What of one stack's differences means something, with its owner; by kind and name."""
    found = (judged(one) for one in compared.found)
    return StackDrift(
        tenant=tenant_of(compared.stack),
        looked_at=looked_at,
        objects=compared.objects,
        drifted=tuple(sorted((one for one in found if one), key=lambda one: (one.kind, one.name, one.id))),
        unseen=compared.unseen,
    )


def folded(before: DriftRecord | None, report: DriftReport) -> DriftRecord:
    """The record after this pass. A stack that could not be looked at keeps its last good look; what is gone, goes."""
    kept = dict(before.stacks) if before else {}
    kept |= {one.tenant: _record(one) for one in report.stacks if one.complete and not report.unseen}
    return DriftRecord(
        started_at=report.started_at,
        seconds=report.seconds,
        complete=report.complete,
        known=report.known,
        stacks={tenant: kept[tenant] for tenant in report.known if tenant in kept},
    )


def failed(before: DriftRecord | None, when: str) -> DriftRecord:
    """The record after a pass that could not be made."""
    if before is None:
        return DriftRecord(started_at=when, seconds=0.0, complete=False, known=(), stacks={})
    return replace(before, started_at=when, seconds=0.0, complete=False)


def due(record: DriftRecord | None, stacks: Sequence[str], turns: int) -> tuple[str, ...]:
    """Which stacks a turn looks at, so that `turns` turns see all: those never seen first, then the longest unseen."""
    seen = {tenant: one.looked_at for tenant, one in record.stacks.items()} if record else {}
    order = sorted(stacks, key=lambda stack: (seen.get(tenant_of(stack), ""), stack))
    return tuple(order[: ceil(len(order) / turns)])


def _record(stack: StackDrift) -> StackRecord:
    return StackRecord(looked_at=stack.looked_at, objects=stack.objects, ours=len(stack.ours), theirs=len(stack.theirs))
