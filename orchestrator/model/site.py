"""The Site and Host specs: buildings, racks and bare-metal machines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.certification import Certification
from orchestrator.model.interface import Interface, InterfaceUse
from orchestrator.model.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """`aggregates`: the part of the site that it covers; empty: the whole site. `reference`: its number or file."""

    certification: Certification
    expires: dt.date
    aggregates: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Hosts of a site that are interchangeable for placement, and the classes of data that they accept.

    One of which a site says nothing accepts every class, but never health data beside another class.
    """

    name: str
    sensitivities: tuple[Sensitivity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    name: str
    units: int
    feeds: tuple[str, ...]  # power feeds, e.g. ("A", "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoragePool:
    """What a volume back end offers at this site."""

    backend: str
    capacity_gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    pue: float  # power usage effectiveness, ISO/IEC 30134-2
    carbon_g_per_kwh: float
    price_per_kwh: float  # in the region's currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A building. Its name is also the availability zone of its hosts in OpenStack."""

    name: str
    display_name: str
    country: str  # ISO 3166-1 alpha-2
    address: str
    certificates: tuple[Certificate, ...]
    racks: tuple[Rack, ...]
    storage: tuple[StoragePool, ...]
    energy: Energy
    aggregates: tuple[Aggregate, ...] = ()


class HostRole(StrEnum):
    CONTROL = "control"
    COMPUTE = "compute"
    STORAGE = "storage"
    NETWORK = "network"


class HardeningLevel(StrEnum):
    """ANSSI BP-028."""

    MINIMAL = "minimal"
    INTERMEDIARY = "intermediary"
    ENHANCED = "enhanced"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """`backend`: the volume back end that it is given to, whole; empty: it is the host's own, for servers' disks."""

    device: str
    size_gib: int
    kind: str  # nvme, ssd, hdd
    backend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nic:
    name: str
    mac: str
    speed_gbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    date: dt.date
    price: float  # in the region's currency, taxes included
    amortisation_years: int
    refurbished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    idle_watts: int
    max_watts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A bare-metal machine. `threads`: hardware threads, what Placement calls VCPU before overcommit."""

    name: str
    site: str
    rack: str
    unit: int  # the lowest that it fills, from 1
    owner: str  # the operator's region name, or the tenant that contributes the host
    roles: tuple[HostRole, ...]
    threads: int
    memory_gib: int
    disks: tuple[Disk, ...]
    nics: tuple[Nic, ...]
    bmc_address: str
    os: str
    hardening: HardeningLevel
    purchase: Purchase
    power: Power
    height_units: int = 1
    aggregate: str = "general"  # hosts that are interchangeable for placement, within their site
    feeds: tuple[str, ...] = ()  # of its rack; all of them unless the spec names some
    maintenance: bool = False
    reserved_memory_gib: int = 0  # kept for the host itself
    embodied_kgco2e: float | None = None  # of its making, as its maker states; None: nobody does
    interfaces: tuple[Interface, ...] = ()  # how its nics are set up; empty where somebody else does it

    @property
    def disk_gib(self) -> int:
        """Local storage for servers' disks, all disks together that no volume back end has."""
        return sum(disk.size_gib for disk in self.disks if not disk.backend)

    def interface_for(self, use: InterfaceUse) -> Interface | None:
        """The one with this use; references hold it to be one at most."""
        return next((one for one in self.interfaces if use in one.uses), None)
