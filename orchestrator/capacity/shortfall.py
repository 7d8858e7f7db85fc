"""Promises that do not fit: how much is missing, where, and who was promised it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestrator.capacity.demand import Want, declared, demand_site, guaranteed, promised
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant


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


Amounts = Callable[[Specs, Tenant], Mapping[Want, int]]
AMOUNTS: Final[Mapping[Promise, Amounts]] = {Promise.GUARANTEED: guaranteed, Promise.DECLARED: declared}


def shortfalls(specs: Specs, capacity: RegionCapacity) -> tuple[Shortfall, ...]:
    """Guaranteed shares first, then quotas; each by site and resource. Tiers of one pool are added up."""
    supplies = _supplies(capacity)
    wanted = {promise: [(one, amounts(specs, one)) for one in promised(specs)] for promise, amounts in AMOUNTS.items()}
    checked = (_checked(promise, wants, lines) for promise, wants in wanted.items() for lines in supplies)
    return tuple(one for one in checked if one.wanted > one.available)


def _supplies(capacity: RegionCapacity) -> Iterable[tuple[CapacityLine, ...]]:
    """The lines that draw on the same supply, together. Servers as such are limited by nothing but their parts."""
    groups: dict[tuple[str, Resource, str], tuple[CapacityLine, ...]] = {}
    for line in capacity.sites:
        if line.resource is not Resource.SERVERS:
            key = (line.site, line.resource, line.pool)
            groups[key] = (*groups.get(key, ()), line)
    return tuple(groups.values())


def _checked(
    promise: Promise, wanted: Sequence[tuple[Tenant, Mapping[Want, int]]], lines: tuple[CapacityLine, ...]
) -> Shortfall:
    first = lines[0]
    wants = [(line.resource, line.tier) for line in lines]
    amounts = {
        tenant.name: sum(amount.get(want, 0) for want in wants)
        for tenant, amount in wanted
        if demand_site(tenant, first.resource) == first.site
    }
    return Shortfall(
        promise=promise,
        site=first.site,
        resource=first.resource,
        pool=first.pool,
        tiers=tuple(line.tier for line in lines if line.tier),
        wanted=sum(amounts.values()),
        available=first.allocatable or 0,
        tenants=tuple(sorted(((n, a) for n, a in amounts.items() if a), key=lambda one: (-one[1], one[0]))),
    )
