"""Which columns a table has at a given width: the first ones always, the others as far as there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from orchestrator.reporting.capacity.amounts import UNKNOWN
from orchestrator.reporting.capacity.terminal.bar import Layers, bar
from orchestrator.reporting.capacity.terminal.canvas import Canvas, Style

Row = TypeVar("Row")

GAP: Final = "  "
NAME_LIMIT: Final = 24  # of names, on a terminal: a tier may be called 60 characters long
BAR_LEAST, BAR_USUAL, BAR_MOST = 10, 20, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """`text`: what stands in a row; `rank`: columns of 0 always stand, the others come in this order while they fit."""

    heading: str
    text: Callable[[Row], str]
    rank: int = 0
    over: Callable[[Row], bool] = lambda _row: False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """Rows under group headings. `group`: a row's group; `layers`: its bar."""

    heading: str
    group: Callable[[Row], str]
    name: Callable[[Row], str]
    layers: Callable[[Row], Layers]
    columns: tuple[Column[Row], ...]

    def lines(self, rows: Sequence[Row], canvas: Canvas) -> list[str]:
        """Nothing without rows; on a terminal never wider than it is, if that is possible at all."""
        if not rows:
            return []
        names = [cut(f"{GAP}{self.name(row)}", canvas) for row in rows]
        head = max(map(len, (*names, self.heading)))
        chosen, bar_width = self._fitting(rows, canvas, head)
        widths = [_width(column, rows) for column in chosen]
        headings = [column.heading.rjust(width) for column, width in zip(chosen, widths, strict=True)]
        top = GAP.join([self.heading.ljust(head), " " * bar_width, *headings])
        found = [canvas.paint(top, Style.HEADING)]
        before = None
        for name, row in zip(names, rows, strict=True):
            if self.group(row) != before:
                before = self.group(row)
                found.append(canvas.paint(cut(before, canvas, whole=True), Style.SITE))
            cells = [
                canvas.paint(column.text(row).rjust(width), Style.OVER if column.over(row) else None)
                for column, width in zip(chosen, widths, strict=True)
            ]
            found.append(GAP.join([name.ljust(head), bar(self.layers(row), bar_width, canvas), *cells]).rstrip())
        return found

    def _fitting(self, rows: Sequence[Row], canvas: Canvas, head: int) -> tuple[list[Column[Row]], int]:
        """The columns in their order, and what is left for the bar. A column without any figure is left out."""
        columns = [column for column in self.columns if {column.text(row) for row in rows} - {"", UNKNOWN}]
        if canvas.width is None:
            return columns, BAR_USUAL
        room = canvas.width - head - len(GAP)
        chosen: set[int] = set()
        for at in sorted(range(len(columns)), key=lambda one: columns[one].rank):
            column = columns[at]
            taken = len(GAP) + _width(column, rows)
            if column.rank and room - taken < BAR_LEAST:
                break
            chosen.add(at)
            room -= taken
        return [columns[at] for at in sorted(chosen)], max(1, min(room, BAR_MOST))


def _width(column: Column[Row], rows: Sequence[Row]) -> int:
    return max(len(column.heading), *(len(column.text(row)) for row in rows))


def cut(name: str, canvas: Canvas, *, whole: bool = False) -> str:
    limit = None if canvas.width is None else canvas.width if whole else NAME_LIMIT
    return name if limit is None or len(name) <= limit else name[: limit - 1] + canvas.signs.cut
