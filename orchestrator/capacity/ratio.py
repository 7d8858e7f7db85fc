"""How much of what there is was promised: a ratio for each site, resource and tier, the reserve kept back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource
from orchestrator.model.fit import Promise

LAYERS: Final = {Promise.DECLARED: "declared", Promise.GUARANTEED: "guaranteed"}


def promise_of(line: CapacityLine, promise: Promise) -> int | None:
    """Its declared or guaranteed amount; None where there can be none."""
    amount: int | None = getattr(line, LAYERS[promise])
    return amount


def ratios(capacity: RegionCapacity, promise: Promise) -> Iterator[tuple[CapacityLine, float]]:
    """Each line of a site whose supply is known, with promise over allocatable; infinite where there is nothing.

    Tiers of one pool draw on the same supply: each has the ratio of all of them. Nothing promised on nothing is 0.
    """
    lines = [one for one in capacity.sites if one.allocatable is not None and promise_of(one, promise) is not None]
    promised = tally((_supply(line), promise_of(line, promise) or 0) for line in lines)
    for line in lines:
        yield line, _ratio(promised[_supply(line)], line.allocatable or 0)


def _supply(line: CapacityLine) -> tuple[str, Resource, str]:
    return line.site, line.resource, line.pool


def _ratio(promised: int, allocatable: int) -> float:
    if allocatable > 0:
        return promised / allocatable
    return math.inf if promised else 0.0
