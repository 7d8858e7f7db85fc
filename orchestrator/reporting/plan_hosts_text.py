"""The hosts of a plan for people at a terminal: in which order they are set up, and what they said when asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.plan import Step, StepKind

TASKS_SHOWN: Final = 100  # of a host
DIFF_LINES: Final = 30  # of a task
NOTHING: Final = "nothing would change"


def host_lines(steps: tuple[Step, ...]) -> Iterator[str]:
    """Hosts with their turns and reasons; nothing where there are none."""
    hosts = [step for step in steps if step.kind is StepKind.HOST]
    if not hosts:
        return
    yield ""
    yield "Hosts, in this order, those of one number side by side:"
    width = len(str(hosts[-1].batch))
    for step in hosts:
        yield f"  {step.batch:>{width}}  {step.name}: {step.action.value} ({step.reason})"


def check_lines(checks: tuple[HostResult, ...]) -> Iterator[str]:
    """What would change on each host, with the differences as far as they are short."""
    if not checks:
        return
    yield ""
    yield "Asked of the hosts, nothing written on them:"
    for result in checks:
        yield f"  {result.host}: {check_summary(result)}"
        if result.failure and result.failure.hint:
            yield f"    -> {result.failure.hint}"
        for change in result.changes[:TASKS_SHOWN]:
            yield f"    ~ {change.title}"
            yield from (f"        {line}" for line in diff_lines(change))
        if more := len(result.changes) - TASKS_SHOWN:
            yield from (f"    {more} more tasks",) if more > 0 else ()


def check_summary(result: HostResult) -> str:
    """One line: what would change, or why that is not known."""
    changed = len(result.changes)
    counts = f"{changed} of {result.tasks} tasks would change something" if changed else NOTHING
    if result.status is HostStatus.DONE:
        return counts
    if result.failure is None:
        return f"{result.status.value}: {counts}"
    where = f"{result.failure.resource}: " if result.failure.resource else ""
    return f"{result.status.value}: {where}{result.failure.cause}"


def diff_lines(change: HostChange) -> Iterator[str]:
    """The first lines of the difference, and how many there are besides."""
    lines = change.diff.splitlines()
    yield from islice(lines, DIFF_LINES)
    if len(lines) > DIFF_LINES:
        yield f"({len(lines) - DIFF_LINES} more lines)"
