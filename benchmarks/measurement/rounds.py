"""Contenders measured in turn, A B A B: what disturbs the machine disturbs all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")


def interleave(
    contenders: Mapping[str, Callable[[], Measured]], rounds: int, tell: Callable[[str], None]
) -> dict[str, list[Measured]]:
    """Name -> what each round measured, in order. `tell` hears of each measurement before it begins."""
    measured: dict[str, list[Measured]] = {name: [] for name in contenders}
    for number in range(1, rounds + 1):
        for name, measure in contenders.items():
            tell(f"round {number} of {rounds}: {name}")
            measured[name].append(measure())
    return measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure with its noise."""

    lowest: float
    median: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of at least one value."""
        return cls(lowest=min(values), median=median(values), highest=max(values))


def times_faster(ours: Sequence[float], peer: Sequence[float]) -> float:
    """Peer's time over ours, pair by pair of the same round; the median. Below 1: the peer is faster."""
    return median(theirs / own for own, theirs in zip(ours, peer, strict=True))
