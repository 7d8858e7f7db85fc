"""What an environment declares, as the fake engine holds it: name -> fingerprint, dependencies first."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.environment import ProjectEnvironment, RegionEnvironment, TenantEnvironment


def declared(environment: RegionEnvironment | TenantEnvironment | None) -> dict[str, str]:
    """Names are `<kind>:<name>`, a project's objects `<kind>:<project>/<name>`."""
    if isinstance(environment, RegionEnvironment):
        return dict(_of_region(environment))
    if isinstance(environment, TenantEnvironment):
        return dict(_of_tenant(environment))
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


def _of_tenant(tenant: TenantEnvironment) -> Iterator[tuple[str, str]]:
    for group in tenant.groups:
        yield f"group:{group}", group
    for project in tenant.projects:
        yield from _of_project(project)


def _of_project(project: ProjectEnvironment) -> Iterator[tuple[str, str]]:
    yield f"project:{project.key}", repr((project.name, project.description, project.tags))
    yield f"quotas:{project.key}", repr(project.quotas)
    for kind, items in (
        ("network", project.networks),
        ("security-group", project.security_groups),
        ("volume", project.volumes),
        ("floating-ip", project.floating_ips),
    ):
        for item in items:
            yield f"{kind}:{project.key}/{item.name}", repr(item)
    for server in project.servers:
        yield f"server:{project.key}/{server.server.name}", repr(server)
