"""The Tenant spec: one member authority's environment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.access import Access
from orchestrator.model.backup import Backup
from orchestrator.model.catalogue import SecurityRule
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.sharing import NetworkShare, SharedContainer, SharedNetwork


class TenantState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"  # servers are shut off, nothing is deleted
    RETIRED = "retired"  # everything is deleted, after the quarantine and within the budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The legal body."""

    name: str
    siren: str
    kind: str  # commune, epci, department, region, hospital, syndicate, other
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The convention with the operator. Notice ends it `notice_months` after the day on which it was given."""

    reference: str
    deliberation: str
    start: dt.date
    notice_months: int
    end: dt.date | None = None  # the last day; None: none is agreed
    notice_given: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """E-mail addresses. `dpo`: data protection officer; `rssi`: security officer."""

    technical: str
    dpo: str = ""
    rssi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """The entry of the register of processing activities (GDPR article 30)."""

    register_entry: str
    purpose: str
    retention_months: int | None = None
    data_subjects: str = ""  # whose data it is


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRequest:
    """A size of the catalogue times a multiplier, then single values over it (names: model/quota.py)."""

    size: str
    multiplier: float = 1.0
    overrides: Mapping[str, int] = field(default_factory=dict)


class Survives(StrEnum):
    """The loss that a guaranteed share must outlive: of any one of these."""

    NONE = "none"
    HOST = "host"
    RACK = "rack"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """What must fit always, whatever the others use."""

    vcpus: int = 0
    memory_mib: int = 0
    storage_gib: Mapping[str, int] = field(default_factory=dict)  # by volume tier
    survives: Survives = Survives.HOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What may be used beyond the guaranteed share while it is free."""

    vcpus: int = 0
    memory_mib: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What the member may be charged, in the region's currency."""

    per_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A further project beside the tenant's main one; its quota is taken out of the tenant's."""

    name: str
    description: str = ""
    quota: Mapping[str, int] = field(default_factory=dict)


class Exposure(StrEnum):
    """How far a network reaches. A router with a gateway translates addresses for all networks on it."""

    ISOLATED = "isolated"  # no router
    OUTBOUND = "outbound"  # routed; servers can call out
    PUBLIC = "public"  # routed; servers may have floating IPs


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network with one subnet. `name` is its identity for ever, `display_name` its name in OpenStack."""

    name: str
    display_name: str
    project: str
    cidr: IPv4Network
    exposure: Exposure = Exposure.OUTBOUND
    external: str = ""  # external network of the gateway; empty: the region's first
    dns: tuple[IPv4Address, ...] = ()
    shared_with: tuple[NetworkShare, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    name: str
    project: str
    presets: tuple[str, ...] = ()
    rules: tuple[SecurityRule, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerGroup:
    name: str
    project: str
    policy: str  # anti-affinity, soft-anti-affinity, affinity, soft-affinity


@dataclass(frozen=True, slots=True, kw_only=True)
class BootVolume:
    """The root disk on a volume instead of the host's disk."""

    tier: str
    size_gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerNetwork:
    network: str
    address: IPv4Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    name: str
    display_name: str
    project: str
    flavor: str
    image: str
    networks: tuple[ServerNetwork, ...]
    site: str = ""  # empty: the tenant's
    security_groups: tuple[str, ...] = ()
    ssh_key: str = ""
    boot_volume: BootVolume | None = None
    group: str = ""
    user_data: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopPool:
    """Servers that are all alike, for desktops."""

    name: str
    project: str
    count: int
    flavor: str
    image: str
    network: str
    site: str = ""  # empty: the tenant's
    security_groups: tuple[str, ...] = ()
    ssh_key: str = ""

    @property
    def servers(self) -> tuple[Server, ...]:
        """`<name>-01` and so on. A larger pool has the servers of a smaller one, and more."""
        return tuple(self._server(f"{self.name}-{number:02}") for number in range(1, self.count + 1))

    def _server(self, name: str) -> Server:
        return Server(
            name=name,
            display_name=name,
            project=self.project,
            flavor=self.flavor,
            image=self.image,
            networks=(ServerNetwork(network=self.network),),
            site=self.site,
            security_groups=self.security_groups,
            ssh_key=self.ssh_key,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    name: str
    display_name: str
    project: str
    tier: str
    size_gib: int
    attach_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingIp:
    name: str
    server: str
    external: str = ""  # empty: the region's first external network


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """`main_project` is the tenant's name; objects without a project of their own live there."""

    name: str
    display_name: str
    member: Member
    agreement: Agreement
    contacts: Contacts
    sensitivity: Sensitivity
    site: str
    quota: QuotaRequest
    personal_data: PersonalData | None = None
    guarantee: Guarantee = field(default_factory=Guarantee)
    burst: Burst = field(default_factory=Burst)
    budget: Budget | None = None
    projects: tuple[Project, ...] = ()
    access: Access = field(default_factory=Access)
    networks: tuple[Network, ...] = ()
    shared_networks: tuple[SharedNetwork, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    server_groups: tuple[ServerGroup, ...] = ()
    servers: tuple[Server, ...] = ()
    desktop_pools: tuple[DesktopPool, ...] = ()
    volumes: tuple[Volume, ...] = ()
    object_containers: tuple[ObjectContainer, ...] = ()
    shared_containers: tuple[SharedContainer, ...] = ()
    backups: tuple[Backup, ...] = ()
    floating_ips: tuple[FloatingIp, ...] = ()
    state: TenantState = TenantState.ACTIVE
    retired_on: dt.date | None = None
    protect: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """Tenants whose objects its own stack is built on, and so must be told the ids of."""
        return frozenset(shared.tenant for shared in self.shared_networks)

    @property
    def knows(self) -> frozenset[str]:
        """Tenants whose ids its stack is told: those, and the ones for whom it opens its object containers."""
        opened = (share.tenant for container in self.object_containers for share in container.shared_with)
        return self.needs | frozenset(opened)

    @property
    def all_servers(self) -> tuple[Server, ...]:
        """The servers as written, then those of desktop pools: everything that runs, is placed and is counted."""
        return (*self.servers, *(server for pool in self.desktop_pools for server in pool.servers))
