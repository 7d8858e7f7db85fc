"""The placement part: what each hypervisor has, hands out and has handed out.

Placement has no bulk list of inventories. Its answer to "who could give one unit of this class" has capacity and
use of every class of each provider that has one unit left; the union over the classes leaves out only what is full
or switched off, and those few are asked one by one. Totals, reserves and ratios change rarely: they are kept and
read again in turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.fan_out import each
from orchestrator.model.snapshot import DISK_GB, MEMORY_MB, VCPU, ResourceInventory

VERSION: Final = "1.29"  # all classes of a provider stand in the summaries (1.27), nested ones too (1.29)
CLASSES: Final = (VCPU, MEMORY_MB, DISK_GB)
TURNS: Final = 60  # reads after which every inventory was read again: an hour at one read a minute

Inventories = Mapping[str, ResourceInventory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Total, reserved and ratio of one class of one provider."""

    total: int
    reserved: int
    ratio: float

    @property
    def capacity(self) -> int:
        return int((self.total - self.reserved) * self.ratio)


class PlacementReader:
    """Keeps inventories between reads. One read at a time (each part has one reader at most)."""

    def __init__(self) -> None:
        self._amounts: dict[str, dict[str, Amounts]] = {}
        self._turn = 0

    def read(self, door: Door) -> Mapping[str, Inventories]:
        """Provider name -> class -> inventory, for providers that have one of our classes."""
        providers = _providers(door)
        summaries = _summaries(door)
        self._refresh(door, tuple(providers), summaries)
        ours = {uuid: name for uuid, name in providers.items() if self._amounts[uuid]}
        full = [uuid for uuid in ours if uuid not in summaries]
        summaries |= dict(zip(full, each(lambda uuid: _usages(door, uuid), full), strict=True))
        return {name: _inventories(self._amounts[uuid], summaries[uuid]) for uuid, name in ours.items()}

    def _refresh(self, door: Door, providers: tuple[str, ...], summaries: Mapping[str, _Summary]) -> None:
        """Read again: this turn's share, and those that are new or tell by their capacity that they changed."""
        share = {uuid for place, uuid in enumerate(providers) if place % TURNS == self._turn % TURNS}
        due = [uuid for uuid in providers if uuid in share or not self._holds(uuid, summaries.get(uuid))]
        fresh = dict(zip(due, each(lambda uuid: _amounts(door, uuid), due), strict=True))
        self._amounts = {uuid: fresh[uuid] if uuid in fresh else self._amounts[uuid] for uuid in providers}
        self._turn += 1

    def _holds(self, uuid: str, summary: _Summary | None) -> bool:
        """Whether what is kept still fits. Without a summary: full, and asked again; or nothing of ours in it."""
        known = self._amounts.get(uuid)
        if known is None or summary is None:
            return known == {}
        return {name: one.capacity for name, one in known.items()} == summary.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Summary:
    """What the summaries say of a provider, by class."""

    used: Mapping[str, int]
    capacity: Mapping[str, int]


def _providers(door: Door) -> dict[str, str]:
    found = door.get("placement", "resource_providers", version=VERSION)["resource_providers"]
    return {provider["uuid"]: provider["name"] for provider in found}


def _summaries(door: Door) -> dict[str, _Summary]:
    """Of all providers that have one unit left of one class at least."""
    answers = each(lambda name: _candidates(door, name), CLASSES)
    return {uuid: _summary(facts["resources"]) for answer in answers for uuid, facts in answer.items()}


def _candidates(door: Door, resource_class: str) -> Mapping[str, Any]:
    params = {"resources": f"{resource_class}:1"}
    found: Mapping[str, Any] = door.get("placement", "allocation_candidates", version=VERSION, params=params)
    return found["provider_summaries"]  # type: ignore[no-any-return]  # JSON object of objects


def _summary(resources: Mapping[str, Any]) -> _Summary:
    ours = {name: facts for name, facts in resources.items() if name in CLASSES}
    return _Summary(
        used={name: facts["used"] for name, facts in ours.items()},
        capacity={name: facts["capacity"] for name, facts in ours.items()},
    )


def _usages(door: Door, uuid: str) -> _Summary:
    used = door.get("placement", f"resource_providers/{uuid}/usages", version=VERSION)["usages"]
    return _Summary(used=used, capacity={})


def _amounts(door: Door, uuid: str) -> dict[str, Amounts]:
    found = door.get("placement", f"resource_providers/{uuid}/inventories", version=VERSION)["inventories"]
    return {
        name: Amounts(total=facts["total"], reserved=facts["reserved"], ratio=facts["allocation_ratio"])
        for name, facts in found.items()
        if name in CLASSES
    }


def _inventories(amounts: Mapping[str, Amounts], summary: _Summary) -> Inventories:
    return {
        name: ResourceInventory(total=one.total, reserved=one.reserved, ratio=one.ratio, used=summary.used.get(name, 0))
        for name, one in amounts.items()
    }
