"""What still goes in at a site, now and after a loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.model.headroom import Headroom, Lost
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import UNKNOWN, Words
from orchestrator.reporting.capacity.room import RoomRow, losses
from orchestrator.reporting.html.element import Element, element


def room_table(caption: str, rows: Sequence[RoomRow], words: Words) -> Element:
    """Servers of each flavor that still find a host, and what is free."""
    after = losses(tuple(rows))
    headings = [Heading(text=words.room_for, kind="name"), *(Heading(text=words.after[lost]) for lost in after)]
    return table(caption, headings, [_row(row, after, words) for row in rows], "room")


def stranded(headroom: Headroom, site: str, words: Words) -> Iterator[Element]:
    """What stands on the largest host or rack and would find no other place."""
    found = [
        words.stranded.format(lost=words.without[one.lost].format(name=one.domain), servers=one.servers)
        for one in headroom.stranded
        if one.site == site and one.servers
    ]
    if found:
        yield element("div", *(element("p", sentence) for sentence in found), class_="note warn")


def _row(row: RoomRow, after: Sequence[Lost], words: Words) -> list[Cell]:
    if row.resource:
        name = words.room_free.format(what=words.in_sentence(row.resource))
    else:
        name = words.room_servers.format(flavor=row.flavor)
    return [Cell(content=element("bdi", name)), *(_cell(row, lost, words) for lost in after)]


def _cell(row: RoomRow, lost: Lost, words: Words) -> Cell:
    amount = row.after.get(lost)
    if amount is None:
        return Cell(content=UNKNOWN)
    said = words.amount(row.resource, amount) if row.resource else words.number(amount)
    return Cell(content=said, over=amount < 0)
