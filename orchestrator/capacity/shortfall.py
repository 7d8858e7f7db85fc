"""Promises that do not fit: how much is missing, where, and who was promised it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from orchestrator.capacity.demand import Want, declared, demand_site, guaranteed, promised
from orchestrator.capacity.hosts import CLASSES
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource
from orchestrator.model.fit import Promise, Shortfall
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant

Amounts = Callable[[Specs, Tenant], Mapping[Want, int]]
AMOUNTS: Final[Mapping[Promise, Amounts]] = {Promise.GUARANTEED: guaranteed, Promise.DECLARED: declared}


def shortfalls(specs: Specs, capacity: RegionCapacity, spared: frozenset[str] = frozenset()) -> tuple[Shortfall, ...]:
    """Guaranteed shares first, then quotas; each by site and resource. Tiers of one pool are added up.

    `spared`: tenants whose guaranteed shares of hosts are not counted.
    """
    promises = {promise: _promises(specs, promise, spared) for promise in AMOUNTS}
    supplies = _supplies(capacity)
    checked = (_checked(promise, promises[promise], lines) for promise in AMOUNTS for lines in supplies)
    return tuple(one for one in checked if one.wanted > one.available)


def _promises(specs: Specs, promise: Promise, spared: frozenset[str]) -> tuple[tuple[Tenant, Mapping[Want, int]], ...]:
    """Every tenant with what it was promised."""
    found: list[tuple[Tenant, Mapping[Want, int]]] = []
    for tenant in promised(specs):
        amounts = AMOUNTS[promise](specs, tenant)
        if promise is Promise.GUARANTEED and tenant.name in spared:
            amounts = {want: amount for want, amount in amounts.items() if want[0] not in CLASSES}
        found.append((tenant, amounts))
    return tuple(found)


def _supplies(capacity: RegionCapacity) -> Iterable[tuple[CapacityLine, ...]]:
    """The lines that draw on the same supply, together. Servers as such are limited by nothing but their parts."""
    groups: dict[tuple[str, Resource, str], tuple[CapacityLine, ...]] = {}
    for line in capacity.sites:
        if line.resource is not Resource.SERVERS:
            key = (line.site, line.resource, line.pool)
            groups[key] = (*groups.get(key, ()), line)
    return tuple(groups.values())


def _checked(
    promise: Promise, promises: Sequence[tuple[Tenant, Mapping[Want, int]]], lines: tuple[CapacityLine, ...]
) -> Shortfall:
    first = lines[0]
    wants = [(line.resource, line.tier) for line in lines]
    amounts = {
        tenant.name: sum(wanted.get(want, 0) for want in wants)
        for tenant, wanted in promises
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
