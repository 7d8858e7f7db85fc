"""The capacity of a whole region: supply, demand and use put together, line by line."""

from __future__ import annotations

from collections import Counter

from orchestrator.capacity.aggregate_lines import aggregate_lines
from orchestrator.capacity.ground import Ground, ground
from orchestrator.capacity.site_lines import site_lines
from orchestrator.capacity.tenant_lines import tenant_lines
from orchestrator.model.capacity import RegionCapacity
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs


def region_capacity(specs: Specs, snapshot: InventorySnapshot | None = None) -> RegionCapacity:
    """Every layer of every resource.

    Without a snapshot: what the specs say, nothing allocated is known. With one: supply is what Placement and
    Cinder have, once they were read. Raises SpecError for a quota size that cannot be resolved.
    """
    return ground_capacity(ground(specs, snapshot))


def ground_capacity(given: Ground) -> RegionCapacity:
    """The same, of hosts that may be others than the specs or the cloud have."""
    specs, snapshot = given.specs, given.snapshot
    aggregates = aggregate_lines(specs, snapshot, given.hosts)
    return RegionCapacity(
        region=specs.region.name,
        supply=given.source,
        sites=site_lines(specs, snapshot, aggregates),
        aggregates=aggregates,
        tenants=tenant_lines(specs, snapshot),
        states=dict(sorted(Counter(tenant.state.value for tenant in specs.tenants.values()).items())),
    )
