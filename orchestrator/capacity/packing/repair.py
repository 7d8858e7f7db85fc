"""Room made by moving: a piece that found no bin takes the place of others that go elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from orchestrator.capacity.packing.filled import Filled
from orchestrator.capacity.packing.piece import Piece

TRIES: Final = 12
"""Kinds for which no room could be made, before it gives up: what does not fit by far is not worth the time."""

Move = tuple[Filled, Piece, int, tuple[tuple[Filled, int], ...]]
"""From which bin, what, how many, and where to."""


def repair(bins: Sequence[Filled], left: dict[Piece, int]) -> dict[Piece, int]:
    """Place what can be placed by moving pieces of one kind out of one bin; what is still left."""
    rest = dict(left)
    failed = 0
    for piece in sorted(left, key=lambda one: (one.size, one.apart), reverse=True):
        while rest[piece] and _make_room(bins, piece):
            rest[piece] -= 1
        failed += bool(rest[piece])
        if failed == TRIES:
            break
    return {piece: count for piece, count in rest.items() if count}


def _make_room(bins: Sequence[Filled], piece: Piece) -> bool:
    rooms: dict[Piece, list[tuple[Filled, int]]] = {}
    for one in bins:
        if one.place not in piece.places or (piece.apart and piece.apart in one.apart):
            continue
        if one.room(piece):  # an earlier move freed more than it needed
            one.put(piece, 1)
            return True
        for move in _moves(bins, one, piece, rooms):
            _carry_out(move)
            one.put(piece, 1)
            return True
    return False


def _moves(
    bins: Sequence[Filled], one: Filled, piece: Piece, rooms: dict[Piece, list[tuple[Filled, int]]]
) -> Iterator[Move]:
    """Ways to free enough of a bin. `rooms`: where each kind still goes in, asked once."""
    for kind, held in one.holds.items():
        count = _needed(one, piece, kind)
        if not 0 < count <= held:
            continue
        if kind not in rooms:
            able = (other for other in bins if other.place in kind.places)
            rooms[kind] = [(other, room) for other in able if (room := other.room(kind))]
        if targets := _targets(rooms[kind], one, count):
            yield one, kind, count, targets


def _needed(one: Filled, piece: Piece, kind: Piece) -> int:
    """How many of a kind must go for the piece to fit; 0 when no number helps."""
    most = 0
    for free, size, freed in zip(one.free, piece.size, kind.size, strict=True):
        if size > free:
            if not freed:
                return 0
            most = max(most, -((free - size) // freed))
    return most


def _targets(rooms: Sequence[tuple[Filled, int]], one: Filled, count: int) -> tuple[tuple[Filled, int], ...]:
    """Bins that take all of them; empty when there is not room enough elsewhere."""
    taken: list[tuple[Filled, int]] = []
    for other, room in rooms:
        if other is not one and count:
            taken.append((other, min(room, count)))
            count -= min(room, count)
    return () if count else tuple(taken)


def _carry_out(move: Move) -> None:
    one, kind, count, targets = move
    one.put(kind, -count)
    for other, taken in targets:
        other.put(kind, taken)
