"""Nova's quotas as Keystone keeps them (unified limits): two calls for all projects, where the cloud has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, text, whole
from orchestrator.adapters.inventory_openstack.told import Limits
from orchestrator.model.snapshot import ProjectRef

NAMES: Final = {
    "servers": "servers",
    "class:VCPU": "vcpus",
    "class:MEMORY_MB": "memoryMiB",
    "server_key_pairs": "keypairs",
    "server_groups": "serverGroups",
    "server_group_members": "serverGroupMembers",
}
"""Nova's name of a resource in Keystone -> ours."""

WHOLE: Final = frozenset({"servers", "vcpus", "memoryMiB"})
SEEN: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UnifiedLimits:
    """`defaults`: empty where the cloud has none for Nova, or this credential may not see all. `own`: by project."""

    defaults: Limits = field(default_factory=dict)
    own: Mapping[str, Limits] = field(default_factory=dict)

    def of(self, projects: Sequence[ProjectRef]) -> dict[str, Limits]:
        """Project id -> limits; {} where there are none."""
        return {one.id: {**self.defaults, **self.own.get(one.id, {})} for one in projects} if self.defaults else {}


def read_unified_limits(door: Door) -> UnifiedLimits:
    """Two calls, one where Nova's are not registered.

    Keystone shows a credential without the right role its own project's limits alone, and does not say so: only a
    list with more than one project is taken for whole.
    """
    defaults = _by_name(items(door.get("identity", "registered_limits")["registered_limits"]), "default_limit")
    if not defaults.keys() >= WHOLE:
        return UnifiedLimits()
    body = mapping(door.get("identity", "limits"))
    own: dict[str, list[Mapping[str, Any]]] = {}
    for limit in items(body["limits"]):
        if limit["project_id"]:
            own.setdefault(text(limit["project_id"]), []).append(limit)
    if body.get("truncated") or len(own) < SEEN:
        return UnifiedLimits()
    return UnifiedLimits(
        defaults=defaults, own={project: _by_name(some, "resource_limit") for project, some in own.items()}
    )


def _by_name(found: Iterable[Mapping[str, Any]], key: str) -> dict[str, int]:
    return {NAMES[one["resource_name"]]: whole(one[key]) for one in found if one["resource_name"] in NAMES}
