"""A review for a terminal, and for whoever pushes to a repository with the hook."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.review import Review
from orchestrator.reporting.findings import finding_lines, printable
from orchestrator.reporting.markup import GAP
from orchestrator.reporting.review.section import Block, Grid, Listing, Said, Told
from orchestrator.reporting.review.sections import compared_line, headline, sections
from orchestrator.reporting.table import table


def review_to_text(review: Review) -> str:
    return "\n".join(_plain(line) for line in _lines(review)) + "\n"


def _plain(line: str) -> str:
    return printable(line.replace(GAP, " "))


def _lines(review: Review) -> Iterator[str]:
    yield f"Review of region {review.region or review.folder}: {headline(review)}"
    yield f"Head {compared_line(review)}"
    for section in sections(review):
        yield ""
        yield section.title.upper()
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Said):
        yield f"{'! ' if block.loud else '  '}{block.text}"
    elif isinstance(block, Listing):
        yield f"  {block.title}:"
        yield from (f"    {line}" for line in block.lines)
    elif isinstance(block, Told):
        yield from (f"  {line}" for finding in block.findings for line in finding_lines(finding))
        if block.more:
            yield f"  and {block.more} more"
    else:
        yield from _grid(block)


def _grid(grid: Grid) -> Iterator[str]:
    rows = [[_plain(cell) for cell in row] for row in (grid.head, *grid.rows)]
    yield from (f"  {line}" for line in table(rows, right=grid.right).splitlines())
    if grid.more:
        yield f"  and {grid.more} more"
