"""What is packed, and what it is packed into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Vector = tuple[int, ...]
"""Amounts, one a dimension; all vectors of one packing have the same length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A kind of piece; equal ones are interchangeable.

    `places`: where it may stand, by the places of bins. `apart`: no two pieces of the same word share a bin; empty:
    they may.
    """

    size: Vector
    places: frozenset[str]
    apart: str = ""
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.size, self.places, self.apart)))

    def __hash__(self) -> int:
        """Computed once: pieces are keys of every table here."""
        return self._hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """`place`: what pieces ask for; several bins may stand at one place."""

    name: str
    place: str
    size: Vector


Demand = Mapping[Piece, int]
"""How many of each kind."""


def less(demand: Demand, placed: Demand) -> dict[Piece, int]:
    """What of a demand is not placed; kinds of which nothing is left are not in it."""
    rest = {piece: count - placed.get(piece, 0) for piece, count in demand.items()}
    return {piece: count for piece, count in rest.items() if count > 0}
