"""Whether promises fit: as sums, and placed on hosts, also after the loss of what fails at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.capacity import Resource
from orchestrator.model.region import FailureDomain

Amounts = Mapping[Resource, int]
"""Vcpus, memory and disk in base units."""


class Promise(StrEnum):
    GUARANTEED = "guaranteed"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """`wanted` is more than `available` (base units). `tenants`: who wants how much, the largest first.

    `site` empty: region-wide. `tiers`: the volume tiers that draw on the `pool` that is too small.
    """

    promise: Promise
    site: str
    resource: Resource
    pool: str
    tiers: tuple[str, ...]
    wanted: int
    available: int
    tenants: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        return self.wanted - self.available


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Hosts that fail at once. `name`: `nord-1` (several joined by `+`), `nord/a1`, `nord/a1/A`, `nord`."""

    kind: FailureDomain
    name: str
    site: str
    hosts: frozenset[str]

    @property
    def text(self) -> str:
        return f"{self.kind.value} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Pieces of one tenant, all alike, that find no host.

    `servers`: their names; empty: `count` parts of the share that no server names. `each`: what one takes.
    """

    tenant: str
    servers: tuple[str, ...]
    count: int
    each: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """The host with the most memory free once all the others are placed."""

    host: str
    free: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Guaranteed shares that find no host at a site, with nothing lost or after a loss.

    `also`: further losses of the same kind with the same effect or a smaller one. `hole`: None without hosts.
    """

    site: str
    loss: Domain | None
    unplaced: tuple[Unplaced, ...]
    missing: Amounts
    hole: Hole | None
    also: int = 0

    @property
    def tenants(self) -> tuple[str, ...]:
        return tuple(sorted({one.tenant for one in self.unplaced}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All promises of a region that do not fit; nothing in it: all of them do."""

    shortfalls: tuple[Shortfall, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    @property
    def guaranteed(self) -> tuple[Shortfall, ...]:
        return tuple(one for one in self.shortfalls if one.promise is Promise.GUARANTEED)

    @property
    def fits(self) -> bool:
        """Whether everything guaranteed has its place. Oversold quotas are no matter of fitting."""
        return not self.guaranteed and not self.misfits

    @property
    def fits_hosts(self) -> bool:
        """Whether hosts are not what is missing: storage and addresses are no matter of theirs."""
        hosts = {Resource.VCPUS, Resource.MEMORY, Resource.DISK}
        return not self.misfits and not any(one.resource in hosts for one in self.guaranteed)
