"""Whole numbers added up by key: every sum of this package is one of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def tally(amounts: Iterable[tuple[Key, int]]) -> Mapping[Key, int]:
    """The sum of the amounts of each key; a key whose amounts are all 0 stays."""
    totals: Counter[Key] = Counter()
    for key, amount in amounts:
        totals[key] += amount
    return totals
