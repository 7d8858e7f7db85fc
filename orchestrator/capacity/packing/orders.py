"""In which order pieces are packed, and how much each dimension weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import mul
from typing import Final

from orchestrator.capacity.packing.piece import Bin, Demand, Piece, Vector

Weights = tuple[float, ...]
Shape = tuple[Piece, ...]
Largeness = Callable[[Vector, Weights], float]


def weights(bins: Iterable[Bin], demand: Demand) -> Weights:
    """One for each dimension: 1 over all there is, times the part of it that is asked for; scarce ones weigh more."""
    there = _sums((one.size, 1) for one in bins)
    wanted = _sums((piece.size, count) for piece, count in demand.items())
    return tuple(w / t / t if t else 0.0 for w, t in zip(wanted, there, strict=False))


def _sums(sizes: Iterable[tuple[Vector, int]]) -> tuple[int, ...]:
    scaled = (tuple(amount * count for amount in size) for size, count in sizes)
    return tuple(map(sum, zip(*scaled, strict=True)))


def _by_sum(size: Vector, by: Weights) -> float:
    return float(sum(map(mul, size, by)))


def _by_largest(size: Vector, by: Weights) -> float:
    return float(max(map(mul, size, by)))


def _by_dimension(number: int) -> Largeness:
    return lambda size, _: size[number]


ORDERS: Final[tuple[Largeness, ...]] = (_by_sum, _by_largest, _by_dimension(1), _by_dimension(0))
"""Tried in turn. On random cases (benchmarks/packing.py) the first one finds nearly all that any finds."""


def ordered(shapes: Sequence[Shape], by: Weights, largeness: Largeness) -> list[Shape]:
    """Those with the fewest places first, then the largest."""
    return sorted(shapes, key=lambda shape: (len(shape[0].places), -largeness(shape[0].size, by), shape[0].size))
