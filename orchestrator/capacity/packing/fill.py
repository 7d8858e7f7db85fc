"""Piece after piece, each into the bin whose free room has the piece's own proportions best: the dot product.

After Panigrahy, Talwar, Uyeda and Wieder, "Heuristics for vector bin packing" (2011). Taking the fullest bin instead
(best fit) leaves bins with much of one dimension and none of another; on our cases it fails four times as often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from operator import mul

from orchestrator.capacity.packing.filled import Filled
from orchestrator.capacity.packing.piece import Demand, Piece, Vector

Score = Callable[[Sequence[float], Filled], float]
"""How badly a bin suits a piece of that weighted size; the lowest is taken."""

Entry = tuple[float, int, Filled]
"""Score, place in the row of bins (decides between equals), bin."""


def dot(weighted: Sequence[float], one: Filled) -> float:
    """The largest share of what is free, in the dimensions that the piece needs."""
    return -float(sum(map(mul, weighted, one.free)))


def cosine(weighted: Sequence[float], one: Filled) -> float:
    """The same whatever the size of the bin: only proportions count."""
    length = sum(weight * weight * free * free for weight, free in zip(weighted, one.free, strict=True)) ** 0.5
    return dot(weighted, one) / length if length else 0.0


def fill(
    bins: Sequence[Filled], demand: Demand, shapes: Sequence[tuple[Piece, ...]], weights: Sequence[float], score: Score
) -> dict[Piece, int]:
    """Put what goes in, shape by shape; what is left."""
    left: dict[Piece, int] = {}
    for shape in shapes:
        left.update(_fill_shape(bins, demand, shape, weights, score))
    return left


def _fill_shape(
    bins: Sequence[Filled], demand: Demand, shape: tuple[Piece, ...], weights: Sequence[float], score: Score
) -> Mapping[Piece, int]:
    """Pieces of one size and the same places share one heap of bins; those that must stand apart come first."""
    one = shape[0]
    weighted = tuple(map(mul, weights, one.size))
    plain = Piece(size=one.size, places=one.places)
    heap: list[Entry] = [
        (score(weighted, able), number, able)
        for number, able in enumerate(bins)
        if able.place in one.places and able.room(plain)
    ]
    heapify(heap)
    left = {piece: _fill_piece(heap, piece, demand[piece], weighted, score) for piece in shape}
    return {piece: count for piece, count in left.items() if count}


def _fill_piece(heap: list[Entry], piece: Piece, count: int, weighted: Sequence[float], score: Score) -> int:
    """How many are left. A bin that refuses one only because it must stand apart is kept for the next piece."""
    refused: list[Entry] = []
    while heap and count:
        entry = heappop(heap)
        _, number, able = entry
        if able.room(piece):
            able.put(piece, 1)
            count -= 1
            heappush(heap, (score(weighted, able), number, able))
        elif piece.apart in able.apart:
            refused.append(entry)
    for entry in refused:
        heappush(heap, entry)
    return count


def by_shape(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Pieces that differ only in what they must stand apart from, together; those without such a word last."""
    shapes: dict[tuple[Vector, frozenset[str]], list[Piece]] = {}
    for piece in sorted(pieces, key=lambda one: (not one.apart, one.apart, sorted(one.places), one.size)):
        shapes.setdefault((piece.size, piece.places), []).append(piece)
    return tuple(map(tuple, shapes.values()))
