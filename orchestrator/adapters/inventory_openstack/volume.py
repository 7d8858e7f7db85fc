"""The volume part: volumes with their tier, and the pools of the back ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, number, text, text_or_none, whole
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.model.snapshot import StoragePoolUse, VolumeUse

SERVICE: Final = "block-storage"


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumePart:
    volumes: tuple[VolumeUse, ...] = ()
    pools: tuple[StoragePoolUse, ...] = ()


def read_volume(door: Door) -> VolumePart:
    """2 calls and one per 1000 volumes."""
    services = door.get(SERVICE, "os-services", params={"binary": "cinder-volume"})["services"]
    zones = {text(service["host"]): text(service["zone"]) for service in items(services)}
    pools = door.get(SERVICE, "scheduler-stats/get_pools", params={"detail": "true"})["pools"]
    volumes = pages(door, SERVICE, "volumes/detail", "volumes", params={"all_tenants": 1})
    return VolumePart(
        volumes=tuple(_volume(volume) for volume in volumes), pools=tuple(_pool(pool, zones) for pool in items(pools))
    )


def _volume(volume: Mapping[str, Any]) -> VolumeUse:
    return VolumeUse(
        project_id=text(volume["os-vol-tenant-attr:tenant_id"]),
        zone=text_or_none(volume["availability_zone"]),
        tier=text_or_none(volume["volume_type"]),
        size_gib=whole(volume["size"]),
        status=text(volume["status"]),
    )


def _pool(pool: Mapping[str, Any], zones: Mapping[str, str]) -> StoragePoolUse:
    """`host@backend#pool`; drivers may say "infinite" or "unknown" for a size."""
    facts = mapping(pool["capabilities"])
    service_host = text(pool["name"]).partition("#")[0]
    return StoragePoolUse(
        backend=text(facts.get("volume_backend_name") or service_host.partition("@")[2]),
        zone=zones.get(service_host, ""),
        total_gib=_size(facts.get("total_capacity_gb")),
        free_gib=_size(facts.get("free_capacity_gb")),
        allocated_gib=_size(facts.get("allocated_capacity_gb")) or 0.0,
    )


def _size(value: Any) -> float | None:
    try:
        return number(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
