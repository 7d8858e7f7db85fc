"""The Tenant spec: one member authority's environment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.catalogue import SecurityRule


class Sensitivity(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    HEALTH = "health"


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
    reference: str
    deliberation: str
    start: dt.date
    notice_months: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRequest:
    """A size of the catalogue times a multiplier, then single values over it (names: model/quota.py)."""

    size: str
    multiplier: float = 1.0
    overrides: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """What must fit always, whatever the others use."""

    vcpus: int = 0
    memory_mib: int = 0
    storage_gib: Mapping[str, int] = field(default_factory=dict)  # by volume tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A further project beside the tenant's main one; its quota is taken out of the tenant's."""

    name: str
    description: str = ""
    quota: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role for a group or a user. Groups are made by us; users are referred to, they come from the directory."""

    name: str
    roles: tuple[str, ...]
    projects: tuple[str, ...] = ()  # empty: all projects of the tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class SshKey:
    name: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    groups: tuple[Grant, ...] = ()
    users: tuple[Grant, ...] = ()
    ssh_keys: tuple[SshKey, ...] = ()


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
    projects: tuple[Project, ...] = ()
    access: Access = field(default_factory=Access)
    networks: tuple[Network, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    server_groups: tuple[ServerGroup, ...] = ()
    servers: tuple[Server, ...] = ()
    volumes: tuple[Volume, ...] = ()
    floating_ips: tuple[FloatingIp, ...] = ()
    state: TenantState = TenantState.ACTIVE
    retired_on: dt.date | None = None
    protect: bool = False
