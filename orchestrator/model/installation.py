"""How a region's hosts are installed and run: what the Region spec says beyond what is to be promised."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address


class Virtualisation(StrEnum):
    """What runs servers on compute hosts."""

    KVM = "kvm"
    QEMU = "qemu"  # by emulation: slow, and needs nothing of the processor
    FAKE = "fake"  # servers are ACTIVE and do not exist: for test machines


class VolumeDriver(StrEnum):
    LVM = "lvm"
    CEPH = "ceph"
    FAKE = "fake"  # volumes are available and hold nothing: for test machines


class RollingServers(StrEnum):
    """What becomes of the servers on a compute host whose set-up is about to change it."""

    LEAVE = "leave"  # they run on: what roles change does not touch running servers
    DRAIN = "drain"  # they are moved away first, and the host gets new ones again afterwards
    REFUSE = "refuse"  # the host is not changed while it carries any


class Authority(StrEnum):
    """Who signs the certificates of the APIs."""

    OWN = "own"  # made for the region
    BROUGHT = "brought"  # the operator's; its files stand in the state folder


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPlane:
    """`name`: in the certificate and every endpoint; `address`: moves between the control hosts.

    `processes`: of each API on each control host.
    """

    name: str
    address: IPv4Address
    processes: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SshLogin:
    user: str = "root"  # or one who becomes root by sudo
    port: int = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """A person with an account on every host."""

    name: str
    ssh_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """URLs; empty: the sources that a host has, and no proxy."""

    mirror: str = ""
    security_mirror: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBackend:
    """What keeps volumes. `volume_group`: LVM's; `pool`, `user`, `monitors`: Ceph's."""

    name: str
    driver: VolumeDriver
    volume_group: str = ""
    pool: str = ""
    user: str = ""
    monitors: tuple[IPv4Address, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """How many hosts change at once. Control hosts come one by one."""

    compute_at_once: int = 1
    stop_after: int = 1  # failed hosts
    servers: RollingServers = RollingServers.LEAVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlBackups:
    """Databases and configuration of the control hosts, encrypted to `recipients` (age), once a day at `hour`."""

    target: str  # sftp:// or file:// URL
    country: str  # ISO 3166-1 alpha-2
    recipients: tuple[str, ...]
    hour: int = 2
    keep_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """`timezone`: IANA's name. `region_name`: in the service catalogue."""

    control_plane: ControlPlane
    region_name: str = "RegionOne"
    ssh: SshLogin = field(default_factory=SshLogin)
    administrators: tuple[Administrator, ...] = ()
    packages: Packages = field(default_factory=Packages)
    time_servers: tuple[str, ...] = ()
    timezone: str = "Etc/UTC"
    locale: str = "C.UTF-8"
    virtualisation: Virtualisation = Virtualisation.KVM
    volume_backends: tuple[VolumeBackend, ...] = ()
    rolling: Rolling = field(default_factory=Rolling)
    authority: Authority = Authority.OWN
    backups: ControlBackups | None = None
