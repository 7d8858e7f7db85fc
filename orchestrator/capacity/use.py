"""What existing servers, volumes and addresses take, by place and by tenant: the sum of their sizes, as asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from orchestrator.capacity.demand import Want
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.reserve import Cell
from orchestrator.capacity.storage import volume_site
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.snapshot import COMPUTE, IDENTITY, NETWORK, VOLUME, InventorySnapshot, ServerUse
from orchestrator.model.specs import Specs

PART_OF: Final = {
    Resource.VCPUS: COMPUTE,
    Resource.MEMORY: COMPUTE,
    Resource.DISK: COMPUTE,
    Resource.SERVERS: COMPUTE,
    Resource.STORAGE: VOLUME,
    Resource.FLOATING_IPS: NETWORK,
}
"""The part of the snapshot that a resource's use is read from."""


def known_use(snapshot: InventorySnapshot | None, resource: Resource, *, by_tenant: bool = False) -> bool:
    """Whether the use of a resource was ever read; whose it is, the identity part tells."""
    return snapshot is not None and snapshot.known(PART_OF[resource], *((IDENTITY,) if by_tenant else ()))


def server_use(snapshot: InventorySnapshot, hosts: Iterable[HostSupply]) -> Mapping[Cell, int]:
    """Of servers on hosts. A server on no host (shelved, or not yet placed) takes nothing of any."""
    places = {host.name: (host.site, host.aggregate) for host in hosts}
    return tally(
        ((*places.get(server.host, (server.zone, "")), resource), amount)
        for server in snapshot.servers
        if server.host
        for resource, amount in _takes(server)
    )


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
