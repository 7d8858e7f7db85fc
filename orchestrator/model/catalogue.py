"""The Catalogue spec: what tenants choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.model.backup import BackupTier
from orchestrator.model.object_storage import ObjectTier


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavor:
    """A size of server."""

    name: str
    vcpus: int
    memory_mib: int
    disk_gib: int
    aggregate: str = ""  # the only one on which its servers are placed; empty: every one
    extra_specs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who publishes an image, and where it sits (ISO 3166-1 alpha-2)."""

    publisher: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A disk image. `file`: relative to the region's folder; its content is part of its identity (`sha256`)."""

    name: str
    file: str
    sha256: str
    disk_format: str
    support_end: dt.date
    min_disk_gib: int = 0
    min_memory_mib: int = 0
    origin: Origin | None = None  # None: nobody says
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeTier:
    name: str
    backend: str
    description: str = ""
    encrypted: bool = False
    replicated: bool = False
    iops: int | None = None  # limit per volume


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSize:
    """A named size: its own values over `parent`'s values times `multiplier`. Values by quota name (model/quota.py)."""

    name: str
    values: Mapping[str, int]
    parent: str | None = None
    multiplier: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityRule:
    """One direction, one protocol, a port range, one peer. `peer`: CIDR, `self` (the group), or the name of a group."""

    direction: str  # ingress, egress
    protocol: str | None  # tcp, udp, icmp, ...; None: any
    port_min: int | None = None
    port_max: int | None = None
    peer: str = "0.0.0.0/0"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityPreset:
    name: str
    rules: tuple[SecurityRule, ...]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """Prices per unit and year in the region's currency, valid from a date on."""

    valid_from: dt.date
    per_vcpu: float
    per_memory_gib: float
    per_storage_gib: Mapping[str, float]  # by volume tier
    per_object_storage_gib: Mapping[str, float] = field(default_factory=dict)  # by object tier
    per_backup_gib: Mapping[str, float] = field(default_factory=dict)  # by backup tier, for each GiB under backup


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    name: str
    flavors: Mapping[str, Flavor]
    images: Mapping[str, Image]
    tiers: Mapping[str, VolumeTier]
    quota_sizes: Mapping[str, QuotaSize]
    presets: Mapping[str, SecurityPreset]
    tariffs: tuple[Tariff, ...] = ()
    object_tiers: Mapping[str, ObjectTier] = field(default_factory=dict)
    backup_tiers: Mapping[str, BackupTier] = field(default_factory=dict)
