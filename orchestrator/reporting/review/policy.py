"""Part two: what the rules say of the change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.reporting.findings import counts_line
from orchestrator.reporting.review.section import Block, Listing, Said, Section, Told, clipped

MOST_ROWS: Final = 50


def policy(review: Review) -> Section:
    return Section(title="Policy", blocks=tuple(_blocks(review)))


def _blocks(review: Review) -> Iterator[Block]:
    found = review.policy
    if found.new:
        yield Said(text=f"new: {counts_line(found.new)}", loud=any(one.refuses for one in found.new))
        ordered = sorted(found.new, key=lambda one: not one.refuses)
        yield Told(findings=tuple(ordered[:MOST_ROWS]), more=max(0, len(ordered) - MOST_ROWS))
    else:
        yield Said(text="no new finding")
    if found.solved:
        yield Said(text=f"solved: {counts_line(found.solved)}")
        yield Listing(title="Solved findings", lines=tuple(_line("-", one) for one in found.solved[:MOST_ROWS]))
    if found.staying:
        refusing = [one for one in found.staying if one.refuses]
        yield Said(text=f"as before: {counts_line(found.staying)}", loud=bool(refusing))
        kept = (*refusing, *(one for one in found.staying if not one.refuses))
        yield Listing(title="Findings that stay", lines=tuple(_line(" ", one) for one in kept[:MOST_ROWS]))
    yield from (Said(text=text, loud=" is new" in text or " is changed" in text) for text in found.waivers)


def _line(mark: str, finding: Finding) -> str:
    return f"{mark} {finding.code} {clipped(str(finding.position))}: {clipped(finding.message)}"
