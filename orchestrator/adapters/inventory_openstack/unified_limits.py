"""Nova's quotas as Keystone keeps them (unified limits): two calls for all projects, where the cloud has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, whole
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


def unified_limits(door: Door, projects: Sequence[ProjectRef]) -> dict[str, Limits]:
    """Project id -> limits; {} where the cloud has none, or this credential may not see them all.

    Keystone shows a credential without the right role its own project's limits alone, and does not say so: only a
    list with more than one project is taken for whole.
    """
    defaults = _by_name(items(door.get("identity", "registered_limits")["registered_limits"]), "default_limit")
    if not defaults.keys() >= WHOLE:
        return {}
    body = door.get("identity", "limits")
    limits = [one for one in items(body["limits"]) if one["project_id"]]
    if body.get("truncated") or len({one["project_id"] for one in limits}) < SEEN:
        return {}
    own: dict[str, list[Mapping[str, Any]]] = {}
    for limit in limits:
        own.setdefault(limit["project_id"], []).append(limit)
    return {one.id: defaults | _by_name(own.get(one.id, ()), "resource_limit") for one in projects}


def _by_name(found: Iterable[Mapping[str, Any]], key: str) -> dict[str, int]:
    return {NAMES[one["resource_name"]]: whole(one[key]) for one in found if one["resource_name"] in NAMES}
