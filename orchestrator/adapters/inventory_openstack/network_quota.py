"""The network quota part: Neutron lists the quotas of all projects that were given one; the rest has the default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, whole
from orchestrator.adapters.inventory_openstack.told import Limits
from orchestrator.model.quota import NETWORK
from orchestrator.model.snapshot import ProjectRef


def read_network_quota(door: Door, projects: Sequence[ProjectRef]) -> dict[str, Limits]:
    """Project id -> limits. Two calls at most; the default is asked for only where somebody has it."""
    listed = {one["project_id"]: _limits(one) for one in items(mapping(door.get("network", "quotas"))["quotas"])}
    without = [one.id for one in projects if one.id not in listed]
    if without:
        default = _limits(mapping(door.get("network", f"quotas/{without[0]}/default"))["quota"])
        listed |= dict.fromkeys(without, default)
    return {one.id: listed[one.id] for one in projects}


def _limits(found: Mapping[str, Any]) -> Limits:
    return {ours: whole(found[theirs]) for ours, theirs in NETWORK.items()}
