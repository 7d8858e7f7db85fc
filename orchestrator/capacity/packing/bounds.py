"""What no packing can do: quick proofs that spare the search for it."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.capacity.packing.piece import Bin, Demand, Piece


def surely_too_much(bins: Sequence[Bin], demand: Demand) -> bool:
    """Whether the pieces bound to some places together exceed the bins there, in a dimension. False proves nothing."""
    return any(_exceeded(bins, demand, places) for places in {piece.places for piece in demand})


def homeless(bins: Sequence[Bin], demand: Demand) -> frozenset[Piece]:
    """Kinds that go into no bin even when it is empty."""
    sizes = {(one.place, one.size) for one in bins}
    return frozenset(piece for piece in demand if not any(_fits(piece, *one) for one in sizes))


def _fits(piece: Piece, place: str, size: tuple[int, ...]) -> bool:
    return place in piece.places and all(wanted <= there for wanted, there in zip(piece.size, size, strict=True))


def _exceeded(bins: Sequence[Bin], demand: Demand, places: frozenset[str]) -> bool:
    there = [one.size for one in bins if one.place in places]
    bound = [(piece.size, count) for piece, count in demand.items() if piece.places <= places]
    return any(
        sum(size[dimension] * count for size, count in bound) > sum(size[dimension] for size in there)
        for dimension in range(len(bound[0][0]))
    )
