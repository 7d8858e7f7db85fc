"""What still goes in at a site, now and after a loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.model.headroom import Headroom, Lost
from orchestrator.reporting.capacity.page.element import Element, element
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import UNKNOWN, Words
from orchestrator.reporting.capacity.room import RoomRow, losses, room_rows


def room(headroom: Headroom, site: str, words: Words) -> Iterator[Element]:
    """A table and what a loss would strand; nothing where nobody knows what stands on the hosts."""
    rows = tuple(row for row in room_rows(headroom) if row.site == site)
    if not rows:
        return
    after = losses(rows)
    headings = [
        Heading(text=words.room_for, kind="name"),
        *(Heading(text=words.after[lost]) for lost in after),
    ]
    yield element("h3", words.room)
    several = len({row.aggregate for row in rows}) > 1
    named = f"{site}, {words.room}"
    yield table(named, headings, [_row(row, after, words, several=several) for row in rows], "room")
    stranded = [
        words.stranded.format(lost=words.without[one.lost].format(name=one.domain), servers=one.servers)
        for one in headroom.stranded
        if one.site == site and one.servers
    ]
    if stranded:
        yield element("div", *(element("p", sentence) for sentence in stranded), class_="note warn")


def _row(row: RoomRow, after: Sequence[Lost], words: Words, *, several: bool) -> list[Cell]:
    place = f"{row.aggregate or UNKNOWN}: " if several else ""
    if row.resource:
        name = words.room_free.format(what=words.in_sentence(row.resource))
    else:
        name = words.room_servers.format(flavor=row.flavor)
    return [Cell(content=element("bdi", place + name)), *(_cell(row, lost, words) for lost in after)]


def _cell(row: RoomRow, lost: Lost, words: Words) -> Cell:
    amount = row.after.get(lost)
    if amount is None:
        return Cell(content=UNKNOWN)
    said = words.amount(row.resource, amount) if row.resource else words.number(amount)
    return Cell(content=said, over=amount < 0)
