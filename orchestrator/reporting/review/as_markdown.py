"""A review as one comment of a merge request; its marker lets a forge's pipeline find and replace it.

No line begins with text of a spec: forges carry out what begins with a slash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.reporting.markup import escape, fenced
from orchestrator.reporting.review.section import Block, Grid, Listing, Row, Said, Told, clipped
from orchestrator.reporting.review.sections import compared_line, headline, sections

MOST: Final = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""


def marker(review: Review) -> str:
    """The same for every review of a region; the folder's name where no region can be read."""
    name = "".join(char for char in review.region or review.folder if char.isalnum() or char in "-_./")
    return f"<!-- mutualis-review:{name} -->"


def review_to_markdown(review: Review) -> str:
    """All of it; where that is too long for a forge, without what is folded away."""
    whole = "\n".join(_lines(review, folded=True))
    if len(whole) <= MOST:
        return whole
    short = "\n".join(_lines(review, folded=False))
    return (
        short
        if len(short) <= MOST
        else f"{short[:MOST].rpartition(chr(10))[0]}\n\n**cut here: too long for a comment**\n"
    )


def _lines(review: Review, *, folded: bool) -> Iterator[str]:
    yield marker(review)
    yield f"## Review of region `{review.region or review.folder}`: {escape(headline(review))}"
    yield ""
    yield f"Head {escape(compared_line(review))}"
    for section in sections(review):
        yield ""
        yield f"### {escape(section.title)}"
        for block in section.blocks:
            if folded or not isinstance(block, Listing):
                yield ""
                yield from _block(block)
    yield ""
    yield f"<sub>Read from Git's objects on {review.today}: nothing of the change was run. A plan counts exactly.</sub>"
    yield ""


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Said):
        yield f"> **{escape(block.text)}**" if block.loud else f"- {escape(block.text)}"
    elif isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Told):
        yield from _grid(Grid(head=_FINDING, rows=tuple(map(_finding, block.findings)), more=block.more))
    else:
        yield from (f"<details><summary>{escape(block.title)}</summary>", "", "```diff")
        yield from (fenced(line, keep=True) for line in block.lines)
        yield from ("```", "</details>")


_FINDING: Final = ("Finding", "What", "Where", "What to do")


def _finding(finding: Finding) -> Row:
    word = f"waived until {finding.waived_until}" if finding.waived_until else finding.severity.value
    where = clipped(str(finding.position))
    return f"{finding.code} ({word})", clipped(finding.message, 500), where, clipped(finding.hint, 300)


def _grid(grid: Grid) -> Iterator[str]:
    yield f"| {' | '.join(map(escape, grid.head))} |"
    yield f"|{'|'.join('--:' if at in grid.right else '---' for at in range(len(grid.head)))}|"
    yield from (f"| {' | '.join(map(escape, row))} |" for row in grid.rows)
    if grid.more:
        yield from ("", f"- and {grid.more} more")
