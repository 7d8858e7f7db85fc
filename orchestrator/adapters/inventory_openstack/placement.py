"""The placement part: what each hypervisor has, hands out and has handed out.

Placement has no bulk list of inventories. Its answer to "who could give one unit of this class" has capacity and
use of every class of each provider that has one unit left: of these both are known at once, exactly. The union over
the classes leaves out only what is full or has nothing of ours, and those few are asked one by one. Totals, reserves
and ratios stand in no bulk answer and change rarely: they are asked a bounded number a read and kept, and again in
turns, with what is handed out as a check on the bulk answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from typing import Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.placement_answers import (
    Amounts,
    Own,
    Summary,
    inventories,
    providers,
    summaries,
    usages,
)
from orchestrator.model.snapshot import ResourceInventory

AT_ONCE: Final = 32  # providers whose inventory is asked in one read, of those that the bulk answer tells of
LEFT_OUT: Final = 500  # the same of those that it leaves out: without it nothing of them is known
CHECKED: Final = 2  # providers whose turn it is, however much news there is: one alone may differ by a server that came
TURNS: Final = 60  # reads after which every inventory was read again: an hour at one read a minute

Inventories = Mapping[str, ResourceInventory]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPart:
    """`inventories`: by provider name. `completeness`: share of providers whose totals are known; `notice`: a doubt."""

    inventories: Mapping[str, Inventories] = field(default_factory=dict)
    completeness: float = 0.0
    notice: str = ""


class PlacementReader:
    """Keeps inventories between reads. One read at a time (each part has one reader at most)."""

    def __init__(self, *, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._known: dict[str, Own] = {}
        self._turn = 0

    def read(self, door: Door) -> PlacementPart:
        """Of providers that have one of our classes."""
        names, bulk = providers(door), summaries(door)
        due = self._due(tuple(names), bulk)
        share = self._share(tuple(names), at_most=max(self._at_once - len(due), CHECKED))
        self._ask(door, names, bulk, (*due, *sorted(share.difference(due))))
        left_out = [uuid for uuid in names if uuid not in bulk and self._known.get(uuid)]
        single = usages(door, {*left_out, *(uuid for uuid in share if self._known.get(uuid))})
        found = {names[uuid]: self._inventories(uuid, one) for uuid, one in (bulk | single).items() if uuid in names}
        self._turn += 1
        return PlacementPart(
            inventories={name: classes for name, classes in sorted(found.items()) if classes},
            completeness=sum(uuid in self._known for uuid in names) / len(names) if names else 1.0,
            notice="; ".join(filter(None, (self._cut(left_out, single, len(names)), _differs(bulk, single)))),
        )

    def _ask(self, door: Door, names: Collection[str], bulk: Mapping[str, Summary], due: Iterable[str]) -> None:
        """Bring what is known up to date, as far as this read may."""
        asked = inventories(door, due)
        kept = {uuid: own for uuid, own in self._known.items() if uuid in names and self._fits(uuid, bulk.get(uuid))}
        empty: dict[str, Own] = {uuid: {} for uuid in names if uuid in bulk and not bulk[uuid].capacity}
        self._known = {**empty, **kept, **asked}

    def _share(self, uuids: tuple[str, ...], *, at_most: int) -> frozenset[str]:
        """Whose turn it is, of those that were read before: fewer while there is news to ask for."""
        each_turn = ceil(len(uuids) / TURNS)
        begin = self._turn * each_turn % max(len(uuids), 1)
        return frozenset(islice((*uuids[begin:], *uuids[:begin]), min(each_turn, at_most))) & self._known.keys()

    def _due(self, uuids: tuple[str, ...], bulk: Mapping[str, Summary]) -> tuple[str, ...]:
        """Whose inventory is asked before all turns: of the left out the new ones, else new and changed ones."""
        new = [uuid for uuid in uuids if uuid not in self._known and uuid not in bulk]
        changed = [uuid for uuid in uuids if uuid in bulk and bulk[uuid].capacity and not self._fits(uuid, bulk[uuid])]
        return (*new[: max(LEFT_OUT, self._at_once)], *changed[: self._at_once])

    def _fits(self, uuid: str, summary: Summary | None) -> bool:
        """Whether what is kept still holds. Without a summary nobody says otherwise: its turn will tell."""
        known = self._known.get(uuid)
        if known is None or summary is None:
            return known is not None
        return {name: one.capacity for name, one in known.items()} == summary.capacity

    def _inventories(self, uuid: str, summary: Summary) -> Inventories:
        known = self._known.get(uuid)
        if known is None:
            return {
                name: ResourceInventory(total=None, used=summary.used[name], capacity=capacity)
                for name, capacity in summary.capacity.items()
            }
        return {name: _inventory(one, summary.used.get(name, 0)) for name, one in known.items()}

    def _cut(self, left_out: list[str], single: Mapping[str, Summary], number: int) -> str:
        """Whether providers were left out that have room."""
        able = [uuid for uuid in left_out if uuid in single and _has_room(self._known[uuid], single[uuid])]
        if not able:
            return ""
        return (
            f"Placement cuts its list of candidates short: {len(left_out)} of {number} providers are asked one by one; "
            "see max_allocation_candidates of [placement] in Placement's configuration"
        )


def _has_room(own: Own, summary: Summary) -> bool:
    """One unit of one class at least, where it is handed out by one."""
    return any(one.unit <= 1 and summary.used.get(name, 0) < one.capacity for name, one in own.items())


def _differs(bulk: Mapping[str, Summary], single: Mapping[str, Summary]) -> str:
    """A server that came or went between two calls makes one differ, not all."""
    both = [uuid for uuid in single if uuid in bulk]
    differ = [uuid for uuid in both if dict(single[uuid].used) != dict(bulk[uuid].used)]
    if len(differ) < max(len(both), 2):
        return ""
    return f"Placement's candidates and its providers disagree about what {len(differ)} of {len(both)} have handed out"


def _inventory(one: Amounts, used: int) -> ResourceInventory:
    return ResourceInventory(total=one.total, reserved=one.reserved, ratio=one.ratio, used=used)
