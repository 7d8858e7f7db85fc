"""The things of a tenant, of the region's stack and of the catalogue, one by one: what a change can add or remove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.flow.review.flat import flat
from orchestrator.model.catalogue import Catalogue
from orchestrator.model.environment import (
    ContainerEnvironment,
    ProjectEnvironment,
    ServerEnvironment,
    TenantEnvironment,
    VolumeEnvironment,
)
from orchestrator.model.project_key import MAIN

_KEPT_BY_PROJECT: Final = 5  # the project, the deploying user's access to it, the quotas of three services
_NAMES: Final = frozenset({"name", "project"})
OF_A_PROJECT: Final = frozenset(
    {
        "networks",
        "shared_networks",
        "security_groups",
        "server_groups",
        "servers",
        "volumes",
        "object_containers",
        "floating_ips",
    }
)
"""Fields of a tenant, and of each of its projects: told one by one, as its stack builds them."""

Key = tuple[str, str]
"""Kind, name with its further project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`objects`: how many of the cloud it is made of."""

    fields: Mapping[str, str]
    objects: int


def tenant_parts(environment: TenantEnvironment) -> Mapping[Key, Part]:
    """Everything that the tenant's stack builds."""
    found: dict[Key, Part] = {("group", name): _part(None) for name in environment.groups}
    found |= {("SSH key", one.name): _part(one) for one in environment.ssh_keys}
    for project in environment.projects:
        found |= dict(_of_project(project))
    return found


def _of_project(project: ProjectEnvironment) -> Iterator[tuple[Key, Part]]:
    yield ("project", project.name), _part(project, _KEPT_BY_PROJECT, without=OF_A_PROJECT | {"key", "grants"})
    for kind, name, part in (*_access_and_networks(project), *_security(project), *_machines(project)):
        yield (kind, name if project.key == MAIN else f"{project.key}/{name}"), part


def _access_and_networks(project: ProjectEnvironment) -> Iterator[tuple[str, str, Part]]:
    for grant in project.grants:
        yield "role", f"{grant.role} of {grant.group or grant.user}", _part(None)
    for external in project.routers:
        yield "router", external, _part(None)
    for network in project.networks:
        yield "network", network.name, _part(network, 3 if network.external else 2)
    for shared in project.shared_networks:
        yield "shared network", shared.name, _part(shared)


def _security(project: ProjectEnvironment) -> Iterator[tuple[str, str, Part]]:
    for group in project.security_groups:
        yield "security group", group.name, _part(group, without=frozenset({"name", "rules"}))
        for rule in group.rules:
            yield "rule", f"{group.name} {rule.identity}", _part(rule)


def _machines(project: ProjectEnvironment) -> Iterator[tuple[str, str, Part]]:
    for one in project.server_groups:
        yield "server group", one.name, _part(one)
    for server in project.servers:
        yield "server", server.server.name, _server(server)
    for volume in project.volumes:
        yield "volume", volume.volume.name, _volume(volume)
    for container in project.object_containers:
        yield "container", container.container.name, _container(container)
    for address in project.floating_ips:
        yield "floating IP", address.name, _part(address)


def _server(environment: ServerEnvironment) -> Part:
    """Its ports and its root volume are objects of their own."""
    server = environment.server
    objects = 1 + len(server.networks) + (1 if server.boot_volume else 0)
    own = frozenset({"flavor_id", "zone", "power_state"})
    decided = {"zone": environment.zone, "power": environment.power_state, "size": environment.flavor_id}
    return Part(fields={**flat(server, _NAMES | own), **decided}, objects=objects)


def _volume(environment: VolumeEnvironment) -> Part:
    volume = environment.volume
    fields = {**flat(volume, _NAMES), **({"zone": environment.zone} if environment.zone else {})}
    return Part(fields=fields, objects=2 if volume.attach_to else 1)


def _container(environment: ContainerEnvironment) -> Part:
    """Who else may use it is told project by project, as it will be."""
    container = environment.container
    agreements = {share.tenant: share.agreement for share in container.shared_with}
    fields = dict(flat(container, _NAMES | {"shared_with"}))
    for grant in environment.grants:
        may = "write" if grant.write else "read"
        fields[f"open to {grant.tenant}/{grant.project}"] = f"{may}, by {agreements[grant.tenant]}"
    return Part(fields=fields, objects=1)


def _part(one: Any, objects: int = 1, without: frozenset[str] = _NAMES) -> Part:
    return Part(fields={} if one is None else flat(one, without), objects=objects)


def catalogue_parts(catalogue: Catalogue) -> Mapping[Key, Part]:
    """What tenants choose from; it is built by the region's stack, and counts for no deletion here."""
    items: dict[str, Mapping[str, Any]] = {
        "flavor": catalogue.flavors,
        "image": catalogue.images,
        "volume tier": catalogue.tiers,
        "object tier": catalogue.object_tiers,
        "backup tier": catalogue.backup_tiers,
        "quota size": catalogue.quota_sizes,
        "security preset": catalogue.presets,
        "tariff": {one.valid_from.isoformat(): one for one in catalogue.tariffs},
    }
    return {
        (kind, name): _part(item, 0, frozenset({"name"}))
        for kind, named in items.items()
        for name, item in named.items()
    }
