"""Who may do what in which project."""

from __future__ import annotations

from orchestrator.model.access import Grant
from orchestrator.model.environment import RoleGrant
from orchestrator.model.tenant import Tenant


def group_name(tenant: str, group: str) -> str:
    """Keystone's groups are named once a domain, a tenant's once a tenant."""
    return f"{tenant}-{group}"


def group_names(tenant: Tenant) -> tuple[str, ...]:
    return tuple(sorted(group_name(tenant.name, grant.name) for grant in tenant.access.groups))


def role_grants(tenant: Tenant, project: str) -> tuple[RoleGrant, ...]:
    """All grants on one project, each once. `project`: as specs name it; the main one has the tenant's name."""
    groups = (
        RoleGrant(role=role, group=group_name(tenant.name, grant.name))
        for grant in tenant.access.groups
        if _reaches(grant, project)
        for role in grant.roles
    )
    users = (
        RoleGrant(role=role, user=grant.name)
        for grant in tenant.access.users
        if _reaches(grant, project)
        for role in grant.roles
    )
    return tuple(dict.fromkeys((*groups, *users)))


def _reaches(grant: Grant, project: str) -> bool:
    return not grant.projects or project in grant.projects
