"""The capacity of a whole region: supply, demand and use put together, line by line."""

from __future__ import annotations

from collections import Counter

from orchestrator.capacity.aggregate_lines import aggregate_lines
from orchestrator.capacity.hosts import HostSupply, declared_hosts, seen_hosts
from orchestrator.capacity.site_lines import site_lines
from orchestrator.capacity.tenant_lines import tenant_lines
from orchestrator.model.capacity import RegionCapacity, Source
from orchestrator.model.snapshot import PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs


def region_capacity(specs: Specs, snapshot: InventorySnapshot | None = None) -> RegionCapacity:
    """Every layer of every resource.

    Without a snapshot: what the specs say, nothing allocated is known. With one: supply is what Placement and
    Cinder have, once they were read. Raises SpecError for a quota size that cannot be resolved.
    """
    source, hosts = _hosts(specs, snapshot)
    aggregates = aggregate_lines(specs, snapshot, hosts)
    return RegionCapacity(
        region=specs.region.name,
        supply=source,
        sites=site_lines(specs, snapshot, aggregates),
        aggregates=aggregates,
        tenants=tenant_lines(specs, snapshot),
        states=dict(sorted(Counter(tenant.state.value for tenant in specs.tenants.values()).items())),
    )


def _hosts(specs: Specs, snapshot: InventorySnapshot | None) -> tuple[Source, tuple[HostSupply, ...]]:
    if snapshot is not None and snapshot.known(PLACEMENT):
        return Source.CLOUD, seen_hosts(specs, snapshot)
    return Source.SPECS, declared_hosts(specs)
