"""Two plans side by side for people: each step that differs, and in it what differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.plan_comparison import PlanComparison, Standing, StepComparison, StepDifference
from orchestrator.reporting.plan_text import short_kind
from orchestrator.reporting.table import table

NOTHING: Final = "-"
WIDE: Final = 48
"""Characters of a column; JSON has every value whole."""

MOST: Final = 20
"""Differences of one step that are shown."""

SHORT: Final = 12
COUNTED: Final = (
    (Standing.ONLY_REVIEWED, "only in the reviewed plan"),
    (Standing.ONLY_NOW, "only now"),
    (Standing.CHANGED, "changed"),
)

Row = tuple[str, str, str]


def comparison_to_text(comparison: PlanComparison) -> str:
    """One line of sums, then three columns: what, as reviewed, as it would be now."""
    heading = (
        "STEP",
        f"REVIEWED (plan {comparison.reviewed_digest[:SHORT]})",
        f"NOW (plan {comparison.now_digest[:SHORT]})",
    )
    rows = [heading, *(row for step in comparison.steps for row in _rows(step))]
    order = ["The steps that both have come in another order."] if comparison.reordered else []
    return "\n".join([_sums(comparison), *order, "", table(rows), ""])


def _sums(comparison: PlanComparison) -> str:
    counts = ((comparison.count(standing), words) for standing, words in COUNTED)
    parts = [f"{count} {words}" for count, words in counts if count]
    return f"Steps: {', '.join([*parts, f'{comparison.alike} alike'])}."


def _rows(step: StepComparison) -> Iterator[Row]:
    yield step.step, step.reviewed or NOTHING, step.now or NOTHING
    for one in step.differences[:MOST]:
        yield f"  {_what(one)}", _clipped(one.reviewed), _clipped(one.now)
    if len(step.differences) > MOST:
        yield f"  and {len(step.differences) - MOST} more", "", ""


def _what(one: StepDifference) -> str:
    resource = f"{short_kind(one.kind)} {one.name}" if one.kind else ""
    return _clipped(f"{resource}: {one.field}" if resource and one.field else resource or one.field)


def _clipped(text: str) -> str:
    line = " ".join(text.split()) or NOTHING
    return line if len(line) <= WIDE else f"{line[: WIDE - 1]}…"
