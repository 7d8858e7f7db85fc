"""Lines by site: the sum of its aggregates, its storage by tier, and what tenants were promised there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from orchestrator.capacity.demand import GUARANTEED, QUOTED, declared, demand_site, guaranteed, promised
from orchestrator.capacity.granted import Granted, granted, together
from orchestrator.capacity.hosts import CLASSES
from orchestrator.capacity.reserve import less_percent
from orchestrator.capacity.storage import declared_pools, pool_use, seen_pools
from orchestrator.capacity.tally import tally
from orchestrator.capacity.use import place_use_known, storage_use
from orchestrator.model.capacity import CapacityLine, Resource
from orchestrator.model.snapshot import NETWORK, InventorySnapshot
from orchestrator.model.specs import Specs

Place = tuple[str, Resource, str]
"""Site, resource, tier."""


def site_lines(
    specs: Specs, snapshot: InventorySnapshot | None, aggregates: tuple[CapacityLine, ...]
) -> tuple[CapacityLine, ...]:
    """Every resource at every site, sorted by site, resource and tier; floating IPs stand before, without a site."""
    demand = _demand(specs, granted(snapshot))
    supplied = (*_hosts(specs, aggregates), *_storage(specs, snapshot, demand), _floating_ips(specs, snapshot))
    lines = (demand.onto(line) for line in supplied)
    return tuple(sorted(lines, key=attrgetter("site", "resource.rank", "tier")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demand:
    declared: Mapping[Place, int]
    guaranteed: Mapping[Place, int]
    specs: Specs
    quotas: Granted

    def onto(self, line: CapacityLine) -> CapacityLine:
        """The line with its promises: 0 where nobody was promised any, None where there can be none."""
        place = (line.site, line.resource, line.tier)
        return replace(
            line,
            declared=self.declared.get(place, 0) if line.resource in QUOTED else None,
            quota=self._quota(line),
            guaranteed=self.guaranteed.get(place, 0) if line.resource in GUARANTEED else None,
        )

    def _quota(self, line: CapacityLine) -> int | None:
        """Of every tenant that asks here, a retired one too as long as its projects are there."""
        if line.resource not in QUOTED:
            return None
        want = (line.resource, line.tier)
        if line.resource not in QUOTED:
            return None
        here = (one for one in self.specs.tenants.values() if demand_site(one, line.resource) == line.site)
        return together(self.quotas.of(tenant.name, want) for tenant in here)


def _demand(specs: Specs, quotas: Granted) -> _Demand:
    sums = [
        tally(
            ((demand_site(tenant, resource), resource, tier), amount)
            for tenant in promised(specs)
            for (resource, tier), amount in promises(specs, tenant).items()
        )
        for promises in (declared, guaranteed)
    ]
    return _Demand(declared=sums[0], guaranteed=sums[1], specs=specs, quotas=quotas)


def _hosts(specs: Specs, aggregates: tuple[CapacityLine, ...]) -> Iterable[CapacityLine]:
    sites = sorted({*specs.sites, *(line.site for line in aggregates)})
    for site in sites:
        for resource in (*CLASSES, Resource.SERVERS):
            parts = [line for line in aggregates if (line.site, line.resource) == (site, resource)]
            yield CapacityLine(
                site=site,
                resource=resource,
                physical=_sum(line.physical for line in parts),
                allocatable=_sum(line.allocatable for line in parts),
                reserve=_sum(line.reserve for line in parts),
                allocated=_sum(line.allocated for line in parts),
            )


def _storage(specs: Specs, snapshot: InventorySnapshot | None, demand: _Demand) -> Iterable[CapacityLine]:
    """A line where a tier is offered, was promised or is used."""
    pools = seen_pools(specs, snapshot) if snapshot else declared_pools(specs)
    taken = storage_use(specs, snapshot) if snapshot else {}
    written = pool_use(specs, snapshot) if snapshot else {}
    backends = {name: tier.backend for name, tier in specs.catalogue.tiers.items()}
    offered = {(site, name) for name, backend in backends.items() for site in specs.sites if (site, backend) in pools}
    promises = (*demand.declared.items(), *demand.guaranteed.items())
    wanted = {(site, tier) for (site, resource, tier), amount in promises if resource is Resource.STORAGE and amount}
    for site, tier in sorted({*offered, *wanted, *taken}):
        backend = backends.get(tier, "")
        size = pools.get((site, backend))
        most, allocatable = _promisable(specs, size)
        yield CapacityLine(
            site=site,
            resource=Resource.STORAGE,
            tier=tier,
            pool=backend,
            physical=size,
            allocatable=allocatable,
            reserve=None if most is None or allocatable is None else most - allocatable,
            allocated=taken.get((site, tier), 0) if place_use_known(snapshot, Resource.STORAGE) else None,
            used=written.get((site, backend)),
        )


def _promisable(specs: Specs, size: int | None) -> tuple[int | None, int | None]:
    """What the ratio makes of a pool, and what of it may be handed out."""
    if size is None:
        return None, None
    most = int(size * specs.region.overcommit.storage)
    return most, less_percent(most, specs.region.reserve)


def _floating_ips(specs: Specs, snapshot: InventorySnapshot | None) -> CapacityLine:
    """All external networks together; routers take addresses of the same ranges."""
    size = sum(int(network.last) - int(network.first) + 1 for network in specs.region.external_networks)
    line = CapacityLine(site="", resource=Resource.FLOATING_IPS, physical=size, allocatable=size, reserve=0)
    if snapshot is None or not snapshot.known(NETWORK):
        return line
    seen = sum(network.total for network in snapshot.addresses)
    taken, used = sum(snapshot.floating_ips.values()), sum(network.used for network in snapshot.addresses)
    return replace(line, physical=seen, allocatable=seen, allocated=taken, used=used)


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
