"""The hosts of a plan in the comment of a merge request."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.counted import counted
from orchestrator.model.host_result import HostResult
from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.plan import Step, StepKind, host_of
from orchestrator.reporting.markup import escape, fenced
from orchestrator.reporting.plan_duties_text import move_text
from orchestrator.reporting.plan_hosts_text import TASKS_SHOWN, check_summary, diff_lines


def host_rows(steps: tuple[Step, ...]) -> Iterator[str]:
    """A table of hosts by their turns."""
    hosts = [step for step in steps if step.kind is StepKind.HOST]
    if not hosts:
        return
    yield from ("| Turn | Host | What | Why |", "|--:|---|---|---|")
    yield from (f"| {step.batch} | `{step.name}` | {step.action.value} | {escape(step.reason)} |" for step in hosts)
    yield ""


def check_details(checks: tuple[HostResult, ...]) -> Iterator[str]:
    """What each host said that would change on it, folded."""
    for result in checks:
        yield from ("", f"<details><summary>{result.host}: {escape(check_summary(result))}</summary>", "", "```diff")
        for change in result.changes[:TASKS_SHOWN]:
            yield f"~ {fenced(change.title)}"
            yield from (fenced(line, keep=True) for line in diff_lines(change))
        yield from ("```", "</details>")


def move_details(steps: tuple[Step, ...]) -> Iterator[str]:
    """Which servers leave which host, folded."""
    for step in steps:
        if step.moves:
            source = host_in_maintenance(step.name) or host_of(step.name)
            told = f"{counted(len(step.moves), 'server')} of {source} to move"
            yield from ("", f"<details><summary>{told}</summary>", "", "```")
            yield from (fenced(move_text(move, source)) for move in step.moves)
            yield from ("```", "</details>")
