"""Aligned columns of text and bars made of block characters. Knows nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
GAP: Final = "  "


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> str:
    """Rows of the same length, the first one the heading, as lines; columns in `right` stand to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(row: Sequence[str]) -> str:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return GAP.join(cells).rstrip()

    return "\n".join(map(line, rows))


def bar(share: float, width: int) -> str:
    """A bar of `width` characters, full at 1 and above; anything above 0 is seen, and only a full one looks full."""
    eighths = 8 * width
    filled = eighths if share >= 1 else min(eighths - 1, max(1 if share > 0 else 0, round(share * eighths)))
    whole, rest = divmod(filled, 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)
