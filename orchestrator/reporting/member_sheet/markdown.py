"""Markdown in which nothing that a spec says can be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~])")


def plain(text: object) -> str:
    """Text of a spec, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def section(title: str, *blocks: Sequence[str]) -> Iterator[str]:
    """A heading with what stands below it; nothing at all when that is empty."""
    filled = [block for block in blocks if block]
    if filled:
        yield f"## {title}"
        for block in filled:
            yield ""
            yield from block
        yield ""


def facts(rows: Sequence[tuple[str, object]]) -> list[str]:
    """A list of what is known; what is empty is left out. `rows`: word, value."""
    return [f"- {word}: {plain(value)}" for word, value in rows if value not in ("", None, ())]


def table(heading: Sequence[str], rows: Sequence[Sequence[object]], *, right: int = 0) -> list[str]:
    """Nothing without rows. `right`: how many of the last columns are numbers."""
    if not rows:
        return []
    left = len(heading) - right
    rule = ["---"] * left + ["--:"] * right
    lines = [[*heading], rule, *([plain(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]
