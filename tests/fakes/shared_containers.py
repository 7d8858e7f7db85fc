"""Two tenants of the small region, one with a container that the other may use, by agreement of both."""

from __future__ import annotations

from typing import Any

from small_region import tenant

from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.sharing import ContainerAccess, ContainerShare, SharedContainer
from orchestrator.model.tenant import Tenant

BY = "CONV-1"


def container(name: str = "scans", **users: ContainerAccess) -> ObjectContainer:
    """`users`: what each may do."""
    shares = tuple(ContainerShare(tenant=user, agreement=BY, access=access) for user, access in users.items())
    return ObjectContainer(name=name, project="", tier="objects", size_gib=1, shared_with=shares)


def owner(name: str, *containers: ObjectContainer, **changes: Any) -> Tenant:
    return tenant(name, object_containers=containers, **changes)


def user(name: str, of: str, *projects: str, container: str = "scans", **changes: Any) -> Tenant:
    """`projects`: those that may; none: the main one."""
    uses = tuple(
        SharedContainer(tenant=of, container=container, agreement=BY, project=project)
        for project in projects or (name,)
    )
    return tenant(name, shared_containers=uses, **changes)
