"""Lines by site and aggregate: what hosts have, what they may hand out, what their servers take."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.reserve import Cell, after_reserve
from orchestrator.capacity.tally import tally
from orchestrator.capacity.use import host_use, hosts_seen, place_use_known
from orchestrator.model.capacity import CapacityLine, Resource
from orchestrator.model.region import Reserve
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs


def aggregate_lines(
    specs: Specs, snapshot: InventorySnapshot | None, hosts: tuple[HostSupply, ...]
) -> tuple[CapacityLine, ...]:
    """A line for every resource of an aggregate; servers are counted, they have no supply of their own."""
    physical = tally(
        ((host.site, host.aggregate, resource), amount) for host in hosts for resource, amount in host.physical.items()
    )
    untold = {
        (host.site, host.aggregate, resource)
        for host in hosts
        for resource in host.allocatable.keys() - host.physical.keys()
    }
    allocatable = after_reserve(hosts, specs.region.reserve)
    whole = after_reserve(hosts, Reserve())
    used = host_use(snapshot, hosts) if snapshot else {}
    seen = snapshot is not None and hosts_seen(snapshot)
    counted = {(host.site, host.aggregate, Resource.SERVERS) for host in hosts}
    return tuple(
        CapacityLine(
            site=cell[0],
            aggregate=cell[1],
            resource=cell[2],
            physical=None if cell in untold else physical.get(cell),
            allocatable=allocatable.get(cell),
            reserve=whole[cell] - allocatable[cell] if cell in allocatable else None,
            allocated=_allocated(cell, used, hosts_are_seen=seen) if place_use_known(snapshot, cell[2]) else None,
        )
        for cell in sorted({*physical, *untold, *used, *counted}, key=lambda cell: (*cell[:2], cell[2].rank))
    )


def _allocated(cell: Cell, used: Mapping[Cell, int], *, hosts_are_seen: bool) -> int | None:
    """None for the servers of an aggregate when the credential may not see on which host a server of the site is."""
    site, aggregate, resource = cell
    unseen = resource is Resource.SERVERS and aggregate and not hosts_are_seen and used.get((site, "", resource), 0)
    return None if unseen else used.get(cell, 0)
