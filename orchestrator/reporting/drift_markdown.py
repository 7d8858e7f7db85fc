"""A drift report as Markdown, for an issue or a comment; its marker lets a forge update it in place."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.drift import DriftReport, ObjectDrift, StackDrift
from orchestrator.reporting.drift_shown import shown_objects, stack_name, totals
from orchestrator.reporting.drift_text import drifted_name, unseen_text
from orchestrator.reporting.markup import escape

MARKER = "<!-- mutualis-drift -->"


def drift_to_markdown(report: DriftReport, *, theirs: bool) -> str:
    return "\n".join([*_lines(report, theirs=theirs), ""])


def _lines(report: DriftReport, *, theirs: bool) -> Iterator[str]:
    yield MARKER
    yield f"## Drift of region `{report.region}`: {totals(report)}"
    yield ""
    missed = [one for stack in report.stacks for one in stack.unseen] + list(report.unseen)
    yield from (f"> **Not looked at**: {escape(unseen_text(one))}\n" for one in missed)
    rows = [row for stack in report.stacks for row in _rows(stack, theirs=theirs)]
    if rows:
        yield "| Stack | Object | Field | Applied | Found | Owner | Why |"
        yield "|---|---|---|---|---|---|---|"
        yield from rows
        yield ""
    objects = sum(stack.objects for stack in report.stacks)
    yield f"{len(report.stacks)} stacks, {objects} objects · {report.lists} list calls, {report.reads} single reads"


def _rows(stack: StackDrift, *, theirs: bool) -> Iterator[str]:
    for one in shown_objects(stack, theirs=theirs):
        for cells in _cells(one):
            yield f"| {' | '.join(escape(cell) for cell in (stack_name(stack), drifted_name(one), *cells))} |"


def _cells(drifted: ObjectDrift) -> Iterator[tuple[str, ...]]:
    if not drifted.fields:
        yield ("", "", drifted.difference.value, drifted.owner.value, drifted.reason)
    for field in drifted.fields:
        yield (field.field, field.applied, field.found, field.owner.value, field.reason)
