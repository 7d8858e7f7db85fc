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
NETWORK_OBJECTS: Final = "network_objects"
QUOTA_PARTS: Final = (COMPUTE_QUOTA, VOLUME_QUOTA, NETWORK_QUOTA)
PARTS: Final = (IDENTITY, PLACEMENT, COMPUTE, VOLUME, NETWORK, NETWORK_OBJECTS, *QUOTA_PARTS)
"""The parts of a snapshot, read side by side, each as old as its own last success."""

VCPU = "VCPU"
MEMORY_MB = "MEMORY_MB"
DISK_GB = "DISK_GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInventory:
    """One resource class of one hypervisor (Placement API). Allocatable = (total - reserved) x ratio.

    `total` is None as long as Placement was asked for `capacity` (what it hands out at most) and `used` alone; then
    `reserved` and `ratio` say nothing, and `physical` is what Nova says that the host has, if it says so.
    """

    total: int | None
    reserved: int = 0
    ratio: float = 1.0
    used: int
    capacity: int | None = None
    physical: int | None = None

    @property
    def allocatable(self) -> int:
        """What Placement hands out at most."""
        if self.total is None:
            return self.capacity or 0
        return int((self.total - self.reserved) * self.ratio)

    @property
    def has(self) -> int | None:
        """What the host has, reserved parts included; None: nobody has said so yet."""
        return self.physical if self.total is None else self.total


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
    A project whose quota was not read yet has none of these. `read_at`: seconds since the epoch, when it was asked.
    """

    part: str
    project_id: str
    limits: Mapping[str, int]
    read_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One part of the snapshot. Times in seconds since the epoch; 0: never.

    `statuses`: calls of the last read by HTTP status of the answer, `none` for those without one. `completeness`:
    of a part that is read project by project (placement: host by host), the share (0 to 1) whose values are known.
    `notice`: what makes a read that succeeded doubtful or dear.
    """

    part: str
    up: bool
    last_success: float
    seconds: float
    calls: int
    error: str = ""
    statuses: Mapping[str, int] = field(default_factory=dict)
    completeness: float = 1.0
    notice: str = ""


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
    objects: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What counts against Neutron's quotas: quota name (NETWORK of model/quota.py) -> project id -> number."""

    def known(self, *parts: str) -> bool:
        """Whether each of the parts was read at least once: before that its emptiness means nothing."""
        succeeded = {health.part for health in self.health if health.last_success > 0}
        return succeeded.issuperset(parts)
