"""Aligned columns of text. Knows nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

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
