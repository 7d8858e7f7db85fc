"""Items put on hosts: the door to the packing, which knows neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.item import Item
from orchestrator.capacity.packing.pack import Packing, pack
from orchestrator.capacity.packing.piece import Bin, Piece, Vector
from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.fit import Amounts, Hole

UNITS: Final = ((Resource.VCPUS, 1), (Resource.MEMORY, MIB), (Resource.DISK, GIB))
"""The dimensions of a packing: resource, and what one of its units is in base units."""

Asked = tuple[Item, frozenset[str]]
"""An item and the sites at which it may stand."""

Cells = frozenset[tuple[str, str]]
"""Sites and aggregates that have hosts in use, the lost ones included: what an item may ask for."""


def cells_of(hosts: Iterable[HostSupply]) -> Cells:
    return frozenset((host.site, host.aggregate) for host in hosts if host.usable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """`unplaced`: items with the number of them that found no host."""

    packing: Packing
    unplaced: tuple[tuple[Item, int], ...]

    @property
    def hole(self) -> Hole | None:
        free = self.packing.free
        host = max(free, key=lambda name: (free[name][1], free[name][0], name), default=None)
        return None if host is None else Hole(host=host, free=amounts(free[host]))


def place(
    hosts: Sequence[HostSupply],
    asked: Sequence[Asked],
    cells: Cells,
    *,
    before: Placement | None = None,
    anew: bool = True,
) -> Placement:
    """Pack items on the hosts in use.

    `before`: a placement on more hosts or of fewer items, from which things stay where they are if that works out;
    without `anew`, whether it works out or not.
    """
    owners: dict[Piece, list[Item]] = {}
    for (sites, aggregates, closed), group in _alike(asked).items():
        places = _places(cells - closed, sites, aggregates)
        for item in group:
            owners.setdefault(Piece(size=item.size, places=places, apart=item.apart), []).append(item)
    demand = {piece: sum(item.count for item in of) for piece, of in owners.items()}
    bins = [bin_of(host) for host in hosts if host.usable]
    packing = pack(bins, demand, before=before.packing.holds if before else None, anew=anew)
    left = (pair for piece, count in packing.left.items() for pair in _last(owners[piece], count))
    return Placement(packing=packing, unplaced=tuple(sorted(left, key=lambda pair: (pair[0].tenant, pair[0].servers))))


def bin_of(host: HostSupply, *, beside: bool = False) -> Bin:
    """A host as the packing knows it; `beside`: what is taken on it takes room."""
    size, used = vector(host.allocatable), vector(host.used if beside else {}, up=True)
    free = tuple(max(0, amount - taken) for amount, taken in zip(size, used, strict=True))
    return Bin(name=host.name, place=f"{host.site}/{host.aggregate}", size=free)


def vector(given: Amounts, *, up: bool = False) -> Vector:
    """In units of the packing, rounded down, or `up`; what is not given is 0."""
    return tuple((given.get(resource, 0) + (unit - 1 if up else 0)) // unit for resource, unit in UNITS)


def amounts(size: Vector) -> Amounts:
    """In base units."""
    return {resource: amount * unit for (resource, unit), amount in zip(UNITS, size, strict=True)}


def _alike(asked: Iterable[Asked]) -> Mapping[tuple[frozenset[str], frozenset[str], Cells], list[Item]]:
    """Items by sites and aggregates: what they may stand on is worked out once for all of them."""
    groups: dict[tuple[frozenset[str], frozenset[str], Cells], list[Item]] = {}
    for item, sites in asked:
        groups.setdefault((sites, item.aggregates, item.closed), []).append(item)
    return groups


def _places(cells: Cells, sites: frozenset[str], aggregates: frozenset[str]) -> frozenset[str]:
    """Empty when servers that must share a host ask for two aggregates."""
    return frozenset(f"{site}/{one}" for site, one in cells if site in sites and aggregates <= {one})


def _last(items: Sequence[Item], count: int) -> Iterable[tuple[Item, int]]:
    """So many pieces of the items, the last ones first: equal pieces are interchangeable, one choice is as good."""
    for item in reversed(items):
        if taken := min(count, item.count):
            yield item, taken
            count -= taken
