"""Tables whose cells know their heading, so that a phone can show each row as a block of named figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.reporting.html.element import Element, Node, element


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`kind`: name (the row's heading), bar, number, text."""

    text: str
    kind: str = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`over`: it exceeds its limit."""

    content: Node | None
    over: bool = False


def table(caption: str, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], kind: str) -> Element:
    """`caption` is for those who hear the page; others read the heading above it."""
    head = element(
        "tr",
        *(element("th", one.text, scope="col", class_=one.kind, role="columnheader") for one in headings),
        role="row",
    )
    body = (
        element("tr", *(_cell(heading, cell) for heading, cell in zip(headings, row, strict=True)), role="row")
        for row in rows
    )
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head, role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        class_=kind,
        role="table",
    )


def _cell(heading: Heading, cell: Cell) -> Element:
    inside = () if cell.content is None else (cell.content,)
    if heading.kind == "name":
        return element("th", *inside, scope="row", class_="name", role="rowheader")
    marks = [heading.kind, *(["over"] if cell.over else []), *([] if inside else ["empty"])]
    return element("td", *inside, class_=" ".join(marks), data_label=heading.text, role="cell")
