"""What still goes in, now and after a loss, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.amount import amount_text
from orchestrator.model.headroom import Headroom, Lost
from orchestrator.reporting.capacity.amounts import UNKNOWN
from orchestrator.reporting.capacity.room import RoomRow, losses, room_rows
from orchestrator.reporting.capacity.terminal.canvas import Canvas, Style
from orchestrator.reporting.capacity.terminal.columns import cut
from orchestrator.reporting.table import table

HEADINGS: Final = {
    Lost.NONE: "NOW",
    Lost.HOST: "HOST LOST",
    Lost.RACK: "RACK LOST",
    Lost.FEED: "FEED LOST",
    Lost.SITE: "SITE LOST",
}


def room_lines(headroom: Headroom, canvas: Canvas) -> list[str]:
    """Servers of each flavor that still find a host, then what is free; then who would find no other host."""
    rows = room_rows(headroom)
    if not rows:
        return []
    after = losses(rows)
    cells = [("ROOM FOR", *(HEADINGS[lost] for lost in after))]
    before = None
    for row in rows:
        place = f"{row.site}/{row.aggregate}" if row.aggregate else row.site
        if place != before:
            cells.append((cut(place, canvas), *([""] * len(after))))
            before = place
        cells.append((cut(f"  {_name(row)}", canvas), *(_cell(row, lost) for lost in after)))
    first, *others = table(cells, right=frozenset(range(1, len(after) + 1))).splitlines()
    return [canvas.paint(first, Style.HEADING), *others, *_stranded(headroom, canvas)]


def _name(row: RoomRow) -> str:
    return row.flavor or f"free {row.resource.value if row.resource else ''}"


def _cell(row: RoomRow, lost: Lost) -> str:
    if lost not in row.after:
        return UNKNOWN
    return amount_text(row.resource, row.after[lost]) if row.resource else str(row.after[lost])


def _stranded(headroom: Headroom, canvas: Canvas) -> Iterator[str]:
    for one in headroom.stranded:
        if one.servers:
            servers = "1 server finds" if one.servers == 1 else f"{one.servers} servers find"
            said_of = f"! {one.site}: without {one.lost.value} {one.domain} {servers} no other host"
            yield canvas.paint(said_of, Style.WARNING)
