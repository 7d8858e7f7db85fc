"""Part three: what sites have left, and whose loss is not outlived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource
from orchestrator.model.review import CapacityDelta, RoomDelta
from orchestrator.reporting.markup import GAP
from orchestrator.reporting.review.section import Block, Grid, Listing, Row, Said, Section, clipped, limited

MOST_ROWS: Final = 40
MOST_LOSSES: Final = 10


def capacity(delta: CapacityDelta) -> Section:
    return Section(title="Capacity left", blocks=tuple(_blocks(delta)))


def _blocks(delta: CapacityDelta) -> Iterator[Block]:
    shown = [one for one in delta.rooms if one.changed or (one.any.free or 0) < 0]
    others = [one for one in delta.rooms if one not in shown]
    if shown:
        rows, more = limited([_row(one) for one in shown], MOST_ROWS)
        yield Grid(head=_HEAD, rows=rows, right=frozenset({2, 3, 4}), more=more)
    else:
        yield Said(text="no site has more or less left than before")
    if others and shown:
        yield Listing(title="What does not change", lines=tuple(f"  {_words(one)}" for one in others[:MOST_ROWS]))
    for loss in [one for one in delta.losses if one.new][:MOST_LOSSES]:
        yield Said(text=clipped(loss.text, 500), loud=True)
    still = [one.domain for one in delta.losses if not one.new]
    if still:
        yield Said(text=clipped(f"not survived before either: the loss of {', '.join(still)}", 500))
    if delta.outlived:
        yield Said(text=clipped(f"survived now: the loss of {', '.join(delta.outlived)}", 500))
    if not delta.losses:
        yield Said(text="the loss of any one host, rack, feed or site is survived by every share that asks for it")


_HEAD: Final = ("Site", "Resource", "To promise", "Left beside guaranteed shares", "Left beside quotas")


def _row(delta: RoomDelta) -> Row:
    room = delta.any
    before, after = delta.before, delta.after
    values = (
        ("allocatable", before.allocatable if before else None, after.allocatable if after else None),
        ("free", before.free if before else None, after.free if after else None),
        ("unsold", before.unsold if before else None, after.unsold if after else None),
    )
    cells = [_shift(room.resource, was, now) for _, was, now in values]
    return (room.site or "region", _what(delta), *cells)


def _what(delta: RoomDelta) -> str:
    room = delta.any
    what = room.resource.value.replace("_", " ")
    return f"{what} {room.tier}" if room.tier else what


def _shift(resource: Resource, was: int | None, now: int | None) -> str:
    """`228 GiB → 114 GiB`; where both read alike, `1.8 TiB (+8 GiB)`."""
    if was == now:
        return _amount(resource, now)
    if was is None:
        return f"{_amount(resource, now)} (new)"
    if now is None:
        return f"{_amount(resource, was)} (gone)"
    before, after = _amount(resource, was), _amount(resource, now)
    if before != after:
        return f"{before}{GAP}→{GAP}{after}"
    return f"{after} ({'+' if now > was else '-'}{_amount(resource, abs(now - was))})"


def _amount(resource: Resource, amount: int | None) -> str:
    """It stays on one line: a phone shows a narrow table."""
    return "" if amount is None else amount_text(resource, amount).replace(" ", GAP)


def _words(delta: RoomDelta) -> str:
    """One that does not change."""
    room = delta.any
    left = "" if room.free is None else f"; left beside guaranteed shares {amount_text(room.resource, room.free)}"
    there = amount_text(room.resource, room.allocatable or 0)
    return f"{room.site or 'region'} {_what(delta)}: {there}{left}"
