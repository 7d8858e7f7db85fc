"""The Region spec: who operates, under which rules, with which cloud."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.draining import Draining
from orchestrator.model.installation import Installation
from orchestrator.model.name_pattern import ANY


class Engine(StrEnum):
    """What carries out Pulumi programs."""

    EMBEDDED = "embedded"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    name: str
    siren: str  # nine digits, the French register of legal bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class Overcommit:
    """Allocatable over physical: 4.0 promises four virtual cores on one thread."""

    vcpu: float = 1.0
    memory: float = 1.0
    storage: float = 1.0


class FailureDomain(StrEnum):
    """What fails at once."""

    HOST = "host"
    RACK = "rack"
    FEED = "feed"  # a power feed: hosts that hang on it alone go
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """What must stay free: the failure domain may be lost; `free_percent` of the rest is kept.

    HOST: the `hosts` largest hosts of each site; RACK: the largest rack of each site; FEED: any one power feed;
    SITE: any one site (what must fit then is what tenants say survives it).
    """

    failure_domain: FailureDomain = FailureDomain.HOST
    hosts: int = 0
    free_percent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """Bounds on what one run may delete. `budget`: objects; `quarantine_days`: between retirement and deletion."""

    budget: int = 0
    quarantine_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeWindow:
    """No apply from `start` to `end`, both included."""

    start: dt.date
    end: dt.date
    reason: str


class ChangeKind(StrEnum):
    """What a change may touch that somebody must have approved."""

    ANY = "any"  # whatever is built, changed or deleted
    DELETIONS = "deletions"  # objects that go, replaced ones included
    HOSTS = "hosts"  # machines are set up, or leave their duty
    WAIVERS = "waivers"  # one is new, or says something else
    POLICY = "policy"  # the region's own bounds: residency, reserve, deletion, freeze windows, names, approvals


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule:
    """Somebody of each of the roles must have approved a change of this kind. Who has a role, no spec says."""

    change: ChangeKind
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalNetwork:
    """A network to the outside, from which routers and floating IPs take addresses."""

    name: str
    physical_network: str
    cidr: IPv4Network
    gateway: IPv4Address
    first: IPv4Address
    last: IPv4Address
    vlan: int | None = None  # None: a flat network


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Patterns that names must have (model/name_pattern.py)."""

    tenants: str = ANY
    servers: str = ANY
    volumes: str = ANY
    networks: str = ANY


class VolumeZones(StrEnum):
    """Which availability zones block storage knows: those of the sites, or none that are the region's."""

    SITES = "sites"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """`image_countries`: where publishers of images may sit; the allowed countries unless the spec says otherwise.

    `installation`: None when somebody else installs the hosts.
    """

    name: str
    operator: Operator
    allowed_countries: tuple[str, ...]  # ISO 3166-1 alpha-2
    external_networks: tuple[ExternalNetwork, ...]
    cloud: str  # name in clouds.yaml
    engine: Engine = Engine.EMBEDDED
    state_backend: str = ""  # URL of Pulumi's backend; empty: file:// under the state folder of the operator
    currency: str = "EUR"
    overcommit: Overcommit = field(default_factory=Overcommit)
    reserve: Reserve = field(default_factory=Reserve)
    deletion: Deletion = field(default_factory=Deletion)
    freeze_windows: tuple[FreezeWindow, ...] = ()
    approvals: tuple[ApprovalRule, ...] = ()
    image_countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    naming: Naming = field(default_factory=Naming)
    draining: Draining = field(default_factory=Draining)
    installation: Installation | None = None
    volume_zones: VolumeZones = VolumeZones.NONE
