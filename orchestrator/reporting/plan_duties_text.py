"""Hosts that leave their duty or come back, for people at a terminal: their services, and where their servers go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.maintenance import PlannedMove, host_in_maintenance
from orchestrator.model.plan import Step, StepAction, StepKind

VERBS: Final = {StepAction.LEAVE: "leave duty", StepAction.RETURN: "back in duty", StepAction.RECORD: "record"}


def duty_lines(steps: tuple[Step, ...]) -> Iterator[str]:
    """Nothing where no host is concerned."""
    for step in steps:
        if step.kind is StepKind.MAINTENANCE:
            yield ""
            yield from _step(step)


def move_text(move: PlannedMove, source: str) -> str:
    """`server web-1 (arcy): nord-1 -> nord-2`; of one that cannot be moved, why."""
    where = f"{source} -> {move.target}" if move.target else f"stays on {source}: its status is {move.status}"
    return f"server {move.server} ({move.owner}): {where}"


def _step(step: Step) -> Iterator[str]:
    source = host_in_maintenance(step.name)
    yield f"{step.name}: {VERBS.get(step.action, step.action.value)} ({step.reason})"
    if step.problem:
        yield f"  ! {step.problem}"
    elif not step.acts:
        yield "  it is out of duty already; the ledger is brought up to date"
    for change in step.changes:
        changed = ", ".join(f"{one.path} {one.old} -> {one.new}" for one in change.properties)
        yield f"  ~ {change.name}: {changed}"
    yield from (f"  > {move_text(move, source)}" for move in step.moves)
