"""A tenant resolved: its groups, its keys, and its projects, the main one first."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.errors import SpecError
from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.project_key import MAIN
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from orchestrator.planning.environment.access import group_names
from orchestrator.planning.environment.project import ProjectPlace, project_environment
from orchestrator.planning.environment.quota import project_quotas
from orchestrator.planning.environment.sharing import container_grants


def tenant_environment(specs: Specs, name: str) -> TenantEnvironment:
    """Everything that the tenant's stack builds. Raises SpecError for what cannot be built as it is written."""
    tenant = specs.tenants[name]
    grants = container_grants(specs, tenant)
    return TenantEnvironment(
        tenant=tenant.name,
        display_name=tenant.display_name,
        groups=group_names(tenant),
        ssh_keys=tenant.access.ssh_keys,
        projects=tuple(
            project_environment(specs.region, specs.catalogue, tenant, place, grants)
            for place in _places(specs, tenant)
        ),
        protect=tenant.protect,
    )


def _places(specs: Specs, tenant: Tenant) -> Iterator[ProjectPlace]:
    taken = {MAIN, tenant.name}
    quotas = project_quotas(specs.catalogue, tenant)
    yield ProjectPlace(
        key=MAIN, written=tenant.name, name=tenant.name, description=tenant.display_name, quotas=quotas[MAIN]
    )
    for project in tenant.projects:
        if project.name in taken:
            raise SpecError(
                f"tenant {tenant.name}: a further project may not be called {project.name}",
                hint=f"{MAIN} and {tenant.name} mean the main project, and a name stands once",
            )
        taken.add(project.name)
        yield ProjectPlace(
            key=project.name,
            written=project.name,
            name=f"{tenant.name}-{project.name}",
            description=project.description or f"{tenant.display_name}: {project.name}",
            quotas=quotas[project.name],
        )
