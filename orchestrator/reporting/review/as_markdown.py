"""A review as one comment of a merge request; its marker lets a forge's pipeline find and replace it.

No line begins with text of a spec: forges carry out what begins with a slash. What nobody may overlook stands in an
alert (`> [!WARNING]`), which forges frame in colour; one that knows none shows a quotation.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.reporting.markup import escape, fenced
from orchestrator.reporting.review.section import Block, Grid, Listing, Said, Told, clipped
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
        blocks = [block for block in section.blocks if folded or not isinstance(block, Listing)]
        for manner, group in groupby(blocks, _manner):
            yield ""
            yield from _together(manner, tuple(group))
    yield ""
    yield f"<sub>Read from Git's objects on {review.today}: nothing of the change was run. A plan counts exactly.</sub>"
    yield ""


def _manner(block: Block) -> str:
    """Blocks of one manner stand together: sentences are one list, warnings one alert."""
    if isinstance(block, Said):
        return "loud" if block.loud else "said"
    return type(block).__name__


def _together(manner: str, blocks: Sequence[Block]) -> Iterator[str]:
    if manner == "loud":
        yield "> [!WARNING]"
    for at, block in enumerate(blocks):
        if isinstance(block, Said):
            yield f"{'> ' if block.loud else ''}- {escape(block.text)}"
        else:
            yield from [""] if at else []
            yield from _block(block)


def _block(block: Grid | Listing | Told) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Told):
        for finding in block.findings:
            yield from _finding(finding)
        yield from _more(block.more, mark="*")
    else:
        yield from (f"<details><summary>{html.escape(block.title)}</summary>", "", "```diff")
        yield from (fenced(line, keep=True) for line in block.lines)
        yield from ("```", "</details>")


def _finding(finding: Finding) -> Iterator[str]:
    """An entry of a list, not of a table: long sentences beside a path that never breaks are unreadable on a phone.

    Its mark is not that of other lists, which would else go on with it.
    """
    word = f"waived until {finding.waived_until}" if finding.waived_until else finding.severity.value
    told = {"": finding.message, "where: ": str(finding.position), "to do: ": finding.hint}
    lines = [f"{name}{escape(clipped(text, 500))}" for name, text in told.items() if text]
    yield "\\\n  ".join([f"* **{escape(f'{finding.code} ({word})')}:** {lines[0]}", *lines[1:]])


def _grid(grid: Grid) -> Iterator[str]:
    yield f"| {' | '.join(map(escape, grid.head))} |"
    yield f"|{'|'.join('--:' if at in grid.right else '---' for at in range(len(grid.head)))}|"
    yield from (f"| {' | '.join(map(escape, row))} |" for row in grid.rows)
    if grid.more:
        yield ""  # else it were a row of the table
    yield from _more(grid.more, mark="-")


def _more(count: int, mark: str) -> Iterator[str]:
    if count:
        yield f"{mark} and {count} more"
