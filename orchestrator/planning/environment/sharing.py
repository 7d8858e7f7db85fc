"""Who else may use a tenant's object containers: what the other sides say, found for the side that has to open them."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.environment import ContainerGrant
from orchestrator.model.project_key import project_key
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState

Grants = Mapping[str, tuple[ContainerGrant, ...]]
"""By container."""


def container_grants(specs: Specs, owner: Tenant) -> Grants:
    """By the name of the container, in the order of tenants and their projects.

    A member that leaves loses access on the day on which its spec says so: its own things wait for the end of the
    quarantine, those of others do not.
    """
    projects = _projects(specs, owner)
    return {
        container.name: tuple(
            ContainerGrant(tenant=share.tenant, project=project, write=share.access is ContainerAccess.WRITE)
            for share in sorted(container.shared_with, key=lambda share: share.tenant)
            for project in sorted(projects.get((share.tenant, container.name), ()))
        )
        for container in owner.object_containers
    }


def _projects(specs: Specs, owner: Tenant) -> Mapping[tuple[str, str], set[str]]:
    """(Tenant, container) -> keys of the tenant's projects that may use the container."""
    found: dict[tuple[str, str], set[str]] = {}
    for name in sorted({share.tenant for container in owner.object_containers for share in container.shared_with}):
        user = specs.tenants[name]
        if user.state is TenantState.RETIRED:
            continue
        for use in user.shared_containers:
            if use.tenant == owner.name:
                found.setdefault((name, use.container), set()).add(project_key(user.name, use.project))
    return found
