"""Shared containers as both sides agreed to them: who uses what, and what it may do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.sharing import ContainerAccess, SharedContainer
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerUse:
    """One entry of the user's `sharedContainers`, `index` of them, with what it leads to."""

    index: int
    owner: Tenant
    container: ObjectContainer
    use: SharedContainer
    access: ContainerAccess


def container_uses(specs: Specs, user: Tenant) -> Iterator[ContainerUse]:
    """Those of a tenant, as it wrote them; references were judged, so that both sides are known to agree."""
    owned: dict[str, Mapping[str, ObjectContainer]] = {}
    for index, use in enumerate(user.shared_containers):
        owner = specs.tenants[use.tenant]
        if owner.name not in owned:
            owned[owner.name] = {one.name: one for one in owner.object_containers}
        container = owned[owner.name][use.container]
        share = next(one for one in container.shared_with if one.tenant == user.name)
        yield ContainerUse(index=index, owner=owner, container=container, use=use, access=share.access)
