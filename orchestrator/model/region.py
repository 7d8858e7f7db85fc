"""The Region spec: who operates, under which rules, with which cloud."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """What must stay free: the `hosts` largest hosts of each site may be lost; `free_percent` of the rest is kept."""

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
class Region:
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
