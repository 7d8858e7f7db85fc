"""What an environment declares, as the fake engine holds it: name -> fingerprint, dependencies first."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.environment import ProjectEnvironment, RegionEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds


def declared(environment: RegionEnvironment | TenantEnvironment | None, ids: KnownIds | None = None) -> dict[str, str]:
    """Names are `<kind>:<name>`, a project's objects `<kind>:<project>/<name>`. `ids`: what other stacks export."""
    if isinstance(environment, RegionEnvironment):
        return dict(_of_region(environment))
    if isinstance(environment, TenantEnvironment):
        return dict(_of_tenant(environment, ids or KnownIds()))
    return {}


def _of_region(region: RegionEnvironment) -> Iterator[tuple[str, str]]:
    for flavor in region.flavors:
        yield f"flavor:{flavor.flavor.name}", repr(flavor)
    for kind, items in (
        ("image", region.images),
        ("tier", region.tiers),
        ("aggregate", region.aggregates),
        ("external", region.external_networks),
    ):
        for item in items:
            yield f"{kind}:{item.name}", repr(item)


def _of_tenant(tenant: TenantEnvironment, ids: KnownIds) -> Iterator[tuple[str, str]]:
    for group in tenant.groups:
        yield f"group:{group}", group
    for project in tenant.projects:
        yield from _of_project(project, ids)


def _of_project(project: ProjectEnvironment, ids: KnownIds) -> Iterator[tuple[str, str]]:
    yield f"project:{project.key}", repr((project.name, project.description, project.tags))
    yield f"quotas:{project.key}", repr(project.quotas)
    for kind, items in (
        ("network", project.networks),
        ("shared-network", project.shared_networks),
        ("security-group", project.security_groups),
        ("volume", project.volumes),
        ("floating-ip", project.floating_ips),
    ):
        for item in items:
            yield f"{kind}:{project.key}/{item.name}", repr(item)
    for one in project.object_containers:
        opened = [ids.project(grant.tenant, grant.project) for grant in one.grants]
        yield f"container:{project.key}/{one.container.name}", repr((one.container.size_gib, opened))
    for server in project.servers:
        yield f"server:{project.key}/{server.server.name}", repr(server)
