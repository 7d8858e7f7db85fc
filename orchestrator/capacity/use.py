"""What is taken, by place and by tenant.

By place it is what Placement has given out of each host: that counts a server in migration twice, as it does take
room twice, and needs no right to see which server is on which host. By tenant it is the sum of its servers', volumes'
and addresses' sizes, as asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from orchestrator.capacity.demand import Want
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.reserve import Cell
from orchestrator.capacity.storage import volume_site
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.snapshot import COMPUTE, IDENTITY, NETWORK, PLACEMENT, VOLUME, InventorySnapshot, ServerUse
from orchestrator.model.specs import Specs

PLACE_PARTS: Final = {
    Resource.VCPUS: PLACEMENT,
    Resource.MEMORY: PLACEMENT,
    Resource.DISK: PLACEMENT,
    Resource.SERVERS: COMPUTE,
    Resource.STORAGE: VOLUME,
    Resource.FLOATING_IPS: NETWORK,
}
"""The part of the snapshot that tells what is taken at a place."""

TENANT_PARTS: Final = {
    **PLACE_PARTS,
    Resource.VCPUS: COMPUTE,
    Resource.MEMORY: COMPUTE,
    Resource.DISK: COMPUTE,
}
"""The part that tells what projects take; whose they are, the identity part tells."""


def place_use_known(snapshot: InventorySnapshot | None, resource: Resource) -> bool:
    """Whether what is taken at places was ever read."""
    return snapshot is not None and snapshot.known(PLACE_PARTS[resource])


def tenant_use_known(snapshot: InventorySnapshot | None, resource: Resource) -> bool:
    """Whether what tenants take was ever read."""
    return snapshot is not None and snapshot.known(TENANT_PARTS[resource], IDENTITY)


def host_use(snapshot: InventorySnapshot, hosts: Iterable[HostSupply]) -> Mapping[Cell, int]:
    """What Placement has given, and the number of servers."""
    places = {host.name: (host.site, host.aggregate) for host in hosts}
    given = tally(
        ((host.site, host.aggregate, resource), amount) for host in hosts for resource, amount in host.used.items()
    )
    servers = tally(
        ((*place, Resource.SERVERS), 1) for server in snapshot.servers if any(place := _place(server, places))
    )
    return {**given, **servers}


def hosts_seen(snapshot: InventorySnapshot) -> bool:
    """Whether the credential sees on which host servers are: then one without a host is on none, as it found none."""
    return not snapshot.servers or any(server.host for server in snapshot.servers)


def _place(server: ServerUse, places: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """By its host where that may be seen, else by its zone; a server on no host (shelved) has neither."""
    return places.get(server.host, (server.zone, ""))


def storage_use(specs: Specs, snapshot: InventorySnapshot) -> Mapping[tuple[str, str], int]:
    """(site, tier) -> bytes."""
    tenants = owners(snapshot)
    return tally(
        ((volume_site(specs, one.zone, one.tier, tenants.get(one.project_id, "")), one.tier), one.size_gib * GIB)
        for one in snapshot.volumes
    )


def tenant_use(snapshot: InventorySnapshot) -> Mapping[tuple[str, Want], int]:
    """(tenant, (resource, tier)) -> amount; every server counts, on a host or not. Empty tenant: none of ours."""
    return tally(_tenant_amounts(snapshot, owners(snapshot)))


def owners(snapshot: InventorySnapshot) -> Mapping[str, str]:
    """Project id -> tenant."""
    return {project.id: project.tenant for project in snapshot.projects}


def _tenant_amounts(snapshot: InventorySnapshot, tenants: Mapping[str, str]) -> Iterable[tuple[tuple[str, Want], int]]:
    for server in snapshot.servers:
        for resource, amount in _takes(server):
            yield (tenants.get(server.project_id, ""), (resource, "")), amount
    for volume in snapshot.volumes:
        yield (tenants.get(volume.project_id, ""), (Resource.STORAGE, volume.tier)), volume.size_gib * GIB
    for project, number in snapshot.floating_ips.items():
        yield (tenants.get(project, ""), (Resource.FLOATING_IPS, "")), number


def _takes(server: ServerUse) -> tuple[tuple[Resource, int], ...]:
    return (
        (Resource.VCPUS, server.vcpus),
        (Resource.MEMORY, server.memory_mib * MIB),
        (Resource.DISK, server.disk_gib * GIB),
        (Resource.SERVERS, 1),
    )
