"""One project of a tenant: the objects that its spec puts there, resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.environment import (
    ContainerEnvironment,
    ProjectEnvironment,
    Quotas,
    ServerEnvironment,
    VolumeEnvironment,
)
from orchestrator.model.project_tag import project_tags
from orchestrator.model.region import Region, VolumeZones
from orchestrator.model.tenant import Server, Tenant, TenantState, Volume
from orchestrator.planning.environment.access import role_grants
from orchestrator.planning.environment.flavor import flavor_id
from orchestrator.planning.environment.network import (
    floating_ip_environment,
    network_environment,
    shared_network_environment,
)
from orchestrator.planning.environment.security import security_group_environment
from orchestrator.planning.environment.sharing import Grants


class Placed(Protocol):
    @property
    def project(self) -> str: ...


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPlace:
    """Where a project stands: `key` within the tenant, `written` as specs name it, `name` in Keystone."""

    key: str
    written: str
    name: str
    description: str
    quotas: Quotas


def project_environment(
    region: Region, catalogue: Catalogue, tenant: Tenant, place: ProjectPlace, grants: Grants
) -> ProjectEnvironment:
    """Everything of the tenant that lives in the project. `grants`: who else may use the tenant's containers."""
    networks = {network.name: network for network in _here(tenant.networks, tenant, place)}
    groups = _here(tenant.security_groups, tenant, place)
    neighbours = frozenset(group.name for group in groups)
    servers = {server.name: server for server in _here(tenant.all_servers, tenant, place)}
    return ProjectEnvironment(
        key=place.key,
        name=place.name,
        description=place.description,
        tags=project_tags(tenant.name),
        quotas=place.quotas,
        grants=role_grants(tenant, place.written),
        networks=tuple(network_environment(region, network) for network in networks.values()),
        shared_networks=tuple(map(shared_network_environment, _here(tenant.shared_networks, tenant, place))),
        security_groups=tuple(security_group_environment(catalogue.presets, group, neighbours) for group in groups),
        server_groups=_here(tenant.server_groups, tenant, place),
        servers=tuple(_server(region, catalogue, tenant, server) for server in servers.values()),
        volumes=tuple(_volume(region, tenant, volume, servers) for volume in _here(tenant.volumes, tenant, place)),
        object_containers=tuple(
            ContainerEnvironment(container=container, grants=grants[container.name])
            for container in _here(tenant.object_containers, tenant, place)
        ),
        floating_ips=tuple(
            floating_ip_environment(region, address, servers[address.server], networks)
            for address in tenant.floating_ips
            if address.server in servers
        ),
    )


def _here(objects: Iterable[P], tenant: Tenant, place: ProjectPlace) -> tuple[P, ...]:
    """An object that names no project lives in the main one, which has the tenant's name."""
    return tuple(one for one in objects if (one.project or tenant.name) == place.written)


def _server(region: Region, catalogue: Catalogue, tenant: Tenant, server: Server) -> ServerEnvironment:
    return ServerEnvironment(
        server=server,
        flavor_id=flavor_id(catalogue.flavors[server.flavor]),
        zone=server.site or tenant.site,
        power_state="shutoff" if tenant.state is TenantState.SUSPENDED else "active",
        volume_zone=_volume_zone(region, tenant, server),
    )


def _volume(region: Region, tenant: Tenant, volume: Volume, servers: Mapping[str, Server]) -> VolumeEnvironment:
    return VolumeEnvironment(volume=volume, zone=_volume_zone(region, tenant, servers.get(volume.attach_to)))


def _volume_zone(region: Region, tenant: Tenant, server: Server | None) -> str:
    if region.volume_zones is VolumeZones.NONE:
        return ""
    return (server.site if server else "") or tenant.site
