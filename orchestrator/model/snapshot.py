"""The inventory snapshot: what exists in the cloud now, read in bulk, each part with its time and its health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VCPU = "VCPU"
MEMORY_MB = "MEMORY_MB"
DISK_GB = "DISK_GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInventory:
    """One resource class of one hypervisor (Placement API). Allocatable = (total - reserved) x ratio."""

    total: int
    reserved: int
    ratio: float
    used: int

    @property
    def allocatable(self) -> int:
        """What Placement hands out at most."""
        return int((self.total - self.reserved) * self.ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypervisor:
    """A compute host as the cloud knows it. `zone`: availability zone; empty: in no aggregate."""

    name: str
    zone: str
    aggregate: str
    enabled: bool
    inventories: Mapping[str, ResourceInventory]  # by Placement resource class


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerUse:
    """A server and what it takes."""

    project_id: str
    zone: str
    host: str
    status: str
    vcpus: int
    memory_mib: int
    disk_gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeUse:
    project_id: str
    tier: str
    size_gib: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoragePoolUse:
    """A volume back end as its scheduler sees it; GiB."""

    backend: str
    total_gib: float
    free_gib: float
    allocated_gib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """Addresses of one external network (Neutron network-ip-availability)."""

    network: str
    total: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRef:
    """A project of ours, known by its tags. `tenant`: empty when it is none of ours."""

    id: str
    name: str
    tenant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One part of the snapshot (one service). Times in seconds since the epoch; 0: never."""

    part: str
    up: bool
    last_success: float
    seconds: float
    calls: int
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventorySnapshot:
    """What was last read; a part that failed keeps its last good values and says so in `health`."""

    taken_at: float
    projects: tuple[ProjectRef, ...]
    hypervisors: tuple[Hypervisor, ...]
    servers: tuple[ServerUse, ...]
    volumes: tuple[VolumeUse, ...]
    pools: tuple[StoragePoolUse, ...]
    addresses: tuple[AddressUse, ...]
    floating_ips: Mapping[str, int]  # project id -> number
    health: tuple[PartHealth, ...]
