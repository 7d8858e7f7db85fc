"""The inventory snapshot: what exists in the cloud now, read in bulk, each part with its time and its health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

IDENTITY: Final = "identity"
PLACEMENT: Final = "placement"
COMPUTE: Final = "compute"
VOLUME: Final = "volume"
NETWORK: Final = "network"
COMPUTE_QUOTA: Final = "compute_quota"
VOLUME_QUOTA: Final = "volume_quota"
NETWORK_QUOTA: Final = "network_quota"
QUOTA_PARTS: Final = (COMPUTE_QUOTA, VOLUME_QUOTA, NETWORK_QUOTA)
PARTS: Final = (IDENTITY, PLACEMENT, COMPUTE, VOLUME, NETWORK, *QUOTA_PARTS)
"""The parts of a snapshot, read side by side, each as old as its own last success."""

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
    """A server and what it takes. `host`: empty while it is on none (building, shelved), or may not be seen.

    `disk_gib`: of the host's disks: root (none when it boots from a volume), ephemeral and swap, rounded up.
    """

    project_id: str
    zone: str
    host: str
    status: str
    vcpus: int
    memory_mib: int
    disk_gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeUse:
    """A volume. `tier`: its volume type; `zone`: Cinder's availability zone."""

    project_id: str
    zone: str
    tier: str
    size_gib: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoragePoolUse:
    """A pool of a volume back end as its scheduler sees it; GiB. An unlimited or unknown size is None."""

    backend: str
    zone: str
    total_gib: float | None
    free_gib: float | None
    allocated_gib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """Addresses of one external network (Neutron network-ip-availability)."""

    network: str
    total: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetUse:
    """IPv4 addresses of one subnet: those it can give out, and those that ports have. `project_id`: of its network."""

    project_id: str
    network: str
    cidr: str
    total: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRef:
    """A project of ours, known by its tags. `tenant`: empty when it is none of ours."""

    id: str
    name: str
    tenant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectQuota:
    """What one service lets a project take, as its API says. `part`: which of QUOTA_PARTS.

    `limits`: by quota name (model/quota.py; `storageGiB:<tier>`), in its unit; UNLIMITED (-1): as much as there is.
    A project whose quota was not read yet has none of these.
    """

    part: str
    project_id: str
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One part of the snapshot. Times in seconds since the epoch; 0: never.

    `statuses`: calls of the last read by HTTP status of the answer, `none` for those without one. `completeness`:
    of a part that is read project by project, the share (0 to 1) of the projects whose values are known.
    """

    part: str
    up: bool
    last_success: float
    seconds: float
    calls: int
    error: str = ""
    statuses: Mapping[str, int] = field(default_factory=dict)
    completeness: float = 1.0


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
    quotas: tuple[ProjectQuota, ...] = ()
    subnets: tuple[SubnetUse, ...] = ()

    def known(self, *parts: str) -> bool:
        """Whether each of the parts was read at least once: before that its emptiness means nothing."""
        succeeded = {health.part for health in self.health if health.last_success > 0}
        return succeeded.issuperset(parts)
