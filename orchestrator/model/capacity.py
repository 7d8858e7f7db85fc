"""What the capacity arithmetic (`orchestrator.capacity`) answers: frozen lines of whole numbers, in base units.

Bytes for memory, disk and storage; hardware threads times ratio for vcpus; pieces for servers and floating IPs.
A layer that does not apply, or that nobody has read yet, is None: never 0. A quota without limit is UNLIMITED (-1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIB: Final = 2**20
GIB: Final = 2**30


class Resource(StrEnum):
    VCPUS = "vcpus"
    MEMORY = "memory"
    DISK = "disk"  # of the hosts, for root and ephemeral disks
    STORAGE = "storage"  # of the volume back ends, per tier
    SERVERS = "servers"
    FLOATING_IPS = "floating_ips"

    @property
    def rank(self) -> int:
        """Its place in every table: as listed here."""
        return tuple(Resource).index(self)

    @property
    def in_bytes(self) -> bool:
        return self in {Resource.MEMORY, Resource.DISK, Resource.STORAGE}


class Source(StrEnum):
    """Where the supply layers (physical, allocatable) come from."""

    SPECS = "specs"  # as written: what will be there
    CLOUD = "cloud"  # as Placement and Cinder say: what is there


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityLine:
    """One resource at one place.

    `site` empty: region-wide (floating IPs), or a site that cannot be told; `aggregate` empty: the whole site;
    `tier` and `pool` (its back end) for storage only: tiers of one pool share its supply, so add their demand up,
    not their supply.
    """

    site: str
    resource: Resource
    aggregate: str = ""
    tier: str = ""
    pool: str = ""
    physical: int | None = None  # all hosts, those in maintenance included
    allocatable: int | None = None  # less what hosts keep, times ratio, less maintenance, less the reserve
    reserve: int | None = None  # kept back by the region: with it, what could be handed out
    declared: int | None = None  # sum of quotas in the specs
    quota: int | None = None  # sum of quotas in the API, of the projects of tenants in the specs
    guaranteed: int | None = None  # sum of guaranteed shares in the specs
    allocated: int | None = None  # taken by existing servers, volumes, addresses
    used: int | None = None  # really written (storage, of the whole pool), in use (addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantLine:
    """One resource of one tenant, all sites. `tenant` empty: projects that belong to none of ours."""

    tenant: str
    resource: Resource
    tier: str = ""
    declared: int | None = None
    quota: int | None = None  # in the API, of all its projects; None: that of one of them is not known
    guaranteed: int | None = None
    allocated: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: 0 and not known alike."""
        return not any((self.declared, self.quota, self.guaranteed, self.allocated))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCapacity:
    """All figures of a region, in sorted order.

    `sites` adds up `aggregates` and knows demand besides: a tenant asks a site for its share, not an aggregate.
    """

    region: str
    supply: Source
    sites: tuple[CapacityLine, ...]
    aggregates: tuple[CapacityLine, ...]
    tenants: tuple[TenantLine, ...]
    states: Mapping[str, int]  # number of tenants by state
