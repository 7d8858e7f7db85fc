"""A bin while it is being filled: the only mutable thing of this package, never shown outside."""

from __future__ import annotations

import sys

from orchestrator.capacity.packing.piece import Bin, Piece


class Filled:
    """Keeps `free` and `holds` in step. `put` expects what `room` allows; `size` never changes."""

    __slots__ = ("apart", "free", "holds", "name", "place", "size")

    def __init__(self, one: Bin) -> None:
        self.name = one.name
        self.place = one.place
        self.size = one.size
        self.free = list(one.size)
        self.holds: dict[Piece, int] = {}
        self.apart: set[str] = set()

    def room(self, piece: Piece) -> int:
        """How many of a kind still go in; its places are not asked."""
        most = 1 if piece.apart else sys.maxsize
        if piece.apart and piece.apart in self.apart:
            return 0
        for size, free in zip(piece.size, self.free, strict=True):
            if size:
                if free < size:
                    return 0
                most = min(most, free // size)
        return most

    def put(self, piece: Piece, count: int) -> None:
        """Put `count` in; a negative count takes them out."""
        for dimension, size in enumerate(piece.size):
            self.free[dimension] -= size * count
        held = self.holds.get(piece, 0) + count
        if held:
            self.holds[piece] = held
        else:
            del self.holds[piece]
        if piece.apart:
            (self.apart.add if held else self.apart.discard)(piece.apart)
