"""The report of a run as Markdown: for a merge request, a ticket or a page that keeps what was done."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.outcome import Outcome, RunReport
from orchestrator.reporting.markup import escape, fenced
from orchestrator.reporting.provenance import provenance_lines
from orchestrator.reporting.run_text import counts_text, end_line, head_line


def report_to_markdown(report: RunReport) -> str:
    return "\n".join([*_lines(report), ""])


def _lines(report: RunReport) -> Iterator[str]:
    yield f"## {escape(head_line(report))}"
    yield ""
    if told := list(provenance_lines(report.provenance)):
        yield from (*(f"- {escape(line)}" for line in told), "")
    if report.outcomes:
        yield from ("| Step | Outcome | What | Seconds | Note |", "|---|---|---|--:|---|")
        yield from (_row(outcome) for outcome in report.outcomes)
    for outcome in report.outcomes:
        yield from _failures(outcome)
        yield from _changed(outcome)
    yield ""
    yield end_line(report)


def _row(outcome: Outcome) -> str:
    what, note = counts_text(outcome), escape(outcome.note)
    return f"| `{outcome.step}` | {outcome.status.value} | {what} | {outcome.seconds:.1f} | {note} |"


def _failures(outcome: Outcome) -> Iterator[str]:
    for failure in outcome.failures:
        where = f", {escape(failure.resource)}" if failure.resource else ""
        yield ""
        yield f"> **{outcome.status.value}** `{outcome.step}`{where}: {escape(failure.cause)} ({escape(failure.hint)})"


def _changed(outcome: Outcome) -> Iterator[str]:
    """Every task that changed something on a host, folded."""
    if outcome.changed:
        yield from ("", f"<details><summary>{outcome.step}: {len(outcome.changed)} tasks changed something</summary>")
        yield from ("", "```", *(fenced(task) for task in outcome.changed), "```", "</details>")
