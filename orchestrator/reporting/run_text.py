"""The report of a run for people: what is done, failed, skipped, waiting, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orchestrator.model.outcome import Failure, Outcome, RunReport, Status


def report_to_text(report: RunReport) -> str:
    return "\n".join([*_lines(report), ""])


def _lines(report: RunReport) -> Iterator[str]:
    end = "" if report.finished_at else ": it left no report; it was killed, or is still under way"
    yield f"Run {report.run} on region {report.region}, plan {report.plan_digest[:12]}{end}"
    for outcome in report.outcomes:
        yield from outcome_lines(outcome)
    counts = Counter(outcome.status for outcome in report.outcomes)
    parts = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    yield f"{', '.join(parts) or 'nothing to do'}; {report.untaken} steps not taken."


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """One line for the step, then its failures: resource, cause, what to do."""
    counts = ", ".join(f"{count} {name}" for name, count in sorted(outcome.counts.items())) or "no resource changed"
    note = f" ({outcome.note})" if outcome.note else ""
    yield f"  {outcome.status.value:8} {outcome.step}: {counts}, {outcome.seconds:.1f} s{note}"
    for failure in outcome.failures:
        yield from _failure(outcome.step, failure)


def _failure(step: str, failure: Failure) -> Iterator[str]:
    where = f"{step}, {failure.resource}" if failure.resource else step
    yield f"           {where}: {failure.cause}"
    yield f"           -> {failure.hint}"
