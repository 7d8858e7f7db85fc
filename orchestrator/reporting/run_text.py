"""The report of a run for people: what is done, failed, skipped, waiting, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from orchestrator.model.outcome import Failure, Outcome, RunReport, Status
from orchestrator.model.plan import host_of
from orchestrator.reporting.provenance import provenance_lines

CHANGED_SHOWN: Final = 10  # tasks of a host; the JSON has them all


def report_to_text(report: RunReport) -> str:
    return "\n".join([*_lines(report), ""])


def head_line(report: RunReport) -> str:
    """Which run, on what, and whether it came to its end."""
    end = "" if report.finished_at else ": it left no report; it was killed, or is still under way"
    return f"Run {report.run} on region {report.region}, plan {report.plan_digest[:12]}{end}"


def end_line(report: RunReport) -> str:
    """How many steps came to which end."""
    counts = Counter(outcome.status for outcome in report.outcomes)
    parts = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    return f"{', '.join(parts) or 'nothing to do'}; {report.untaken} steps not taken."


def _lines(report: RunReport) -> Iterator[str]:
    yield head_line(report)
    yield from provenance_lines(report.provenance)
    for outcome in report.outcomes:
        yield from outcome_lines(outcome)
    yield end_line(report)


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """One line for the step, what changed on a host, then the failures: resource, cause, what to do."""
    counts = counts_text(outcome)
    note = f" ({outcome.note})" if outcome.note else ""
    yield f"  {outcome.status.value:8} {outcome.step}: {counts}, {outcome.seconds:.1f} s{note}"
    yield from (f"           ~ {line}" for line in changed_lines(outcome))
    for failure in outcome.failures:
        yield from _failure(outcome.step, failure)


def counts_text(outcome: Outcome) -> str:
    """`3 create, 1 update`; of a host, how many tasks changed something and how many did not."""
    nothing = "nothing changed" if host_of(outcome.step) else "no resource changed"
    return ", ".join(f"{count} {name}" for name, count in sorted(outcome.counts.items())) or nothing


def changed_lines(outcome: Outcome) -> Iterator[str]:
    """The first tasks that changed something on a host, and how many there are besides."""
    yield from outcome.changed[:CHANGED_SHOWN]
    if len(outcome.changed) > CHANGED_SHOWN:
        yield f"{len(outcome.changed) - CHANGED_SHOWN} more tasks"


def _failure(step: str, failure: Failure) -> Iterator[str]:
    where = f"{step}, {failure.resource}" if failure.resource else step
    yield f"           {where}: {failure.cause}"
    yield f"           -> {failure.hint}"
