"""Placement's answers, decoded: who has room and how much, and what each provider says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, number, text, whole
from orchestrator.adapters.inventory_openstack.fan_out import each
from orchestrator.adapters.inventory_openstack.refusal import Refusal
from orchestrator.model.snapshot import DISK_GB, MEMORY_MB, VCPU

VERSION: Final = "1.29"  # all classes of a provider stand in the summaries (1.27), nested ones too (1.29)
CLASSES: Final = (VCPU, MEMORY_MB, DISK_GB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Total, reserved and ratio of one class of one provider. `unit`: the least that it hands out at a time."""

    total: int
    reserved: int
    ratio: float
    unit: int

    @property
    def capacity(self) -> int:
        return int((self.total - self.reserved) * self.ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is handed out of a provider, by class; `capacity`: the most that may be, empty where only use was asked."""

    used: Mapping[str, int]
    capacity: Mapping[str, int]


Own = Mapping[str, Amounts]
"""A provider's inventory, our classes alone."""


def providers(door: Door) -> dict[str, str]:
    """Uuid -> name."""
    found = mapping(door.get("placement", "resource_providers", version=VERSION))["resource_providers"]
    return {text(provider["uuid"]): text(provider["name"]) for provider in items(found)}


def summaries(door: Door) -> dict[str, Summary]:
    """Of all providers that have one unit left of one class at least: one call a class."""
    answers = each(lambda name: _candidates(door, name), CLASSES)
    return {uuid: _summary(mapping(facts)["resources"]) for answer in answers for uuid, facts in answer.items()}


def inventories(door: Door, uuids: Iterable[str]) -> dict[str, Own]:
    """Of those that are still there: one call each."""
    asked = tuple(uuids)
    return _there(asked, each(lambda uuid: _asked(door, uuid, "inventories"), asked), _amounts)


def usages(door: Door, uuids: Iterable[str]) -> dict[str, Summary]:
    """Of those that are still there: one call each."""
    asked = tuple(uuids)
    return _there(asked, each(lambda uuid: _asked(door, uuid, "usages"), asked), _usage)


def _there(asked: tuple[str, ...], answers: Iterable[Any], decode: Any) -> dict[str, Any]:
    return {uuid: decode(answer) for uuid, answer in zip(asked, answers, strict=True) if answer is not None}


def _candidates(door: Door, resource_class: str) -> Mapping[str, Any]:
    params = {"resources": f"{resource_class}:1"}
    found = door.get("placement", "allocation_candidates", version=VERSION, params=params)
    return mapping(mapping(found)["provider_summaries"])


def _asked(door: Door, uuid: str, what: str) -> Mapping[str, Any] | None:
    """None: the provider vanished after it was listed."""
    try:
        return mapping(mapping(door.get("placement", f"resource_providers/{uuid}/{what}", version=VERSION))[what])
    except Refusal as refusal:
        if refusal.status == HTTPStatus.NOT_FOUND:
            return None
        raise


def _summary(resources: Any) -> Summary:
    ours = {name: mapping(facts) for name, facts in mapping(resources).items() if name in CLASSES}
    return Summary(
        used={name: whole(facts["used"]) for name, facts in ours.items()},
        capacity={name: whole(facts["capacity"]) for name, facts in ours.items()},
    )


def _usage(found: Mapping[str, Any]) -> Summary:
    return Summary(used={name: whole(used) for name, used in found.items() if name in CLASSES}, capacity={})


def _amounts(found: Mapping[str, Any]) -> Own:
    return {
        name: Amounts(
            total=whole(facts["total"]),
            reserved=whole(facts["reserved"]),
            ratio=number(facts["allocation_ratio"]),
            unit=max(whole(facts.get("min_unit", 1)), whole(facts.get("step_size", 1))),
        )
        for name, facts in found.items()
        if name in CLASSES
    }
