"""The network objects part: how many networks, subnets, routers, ports and security groups each project has.

Counted as Neutron's quota counts them: by the project that an object belongs to. So a project's ports include those
that Neutron made in it (DHCP, router interfaces), and none that belongs to nobody (the outer sides of routers and
floating IPs). Whole-cloud lists are dear even with two fields an object: they are a part of their own, read seldom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import text_or_none
from orchestrator.adapters.inventory_openstack.fan_out import each
from orchestrator.adapters.inventory_openstack.pages import pages

LISTS: Final = {
    "networks": "networks",
    "subnets": "subnets",
    "routers": "routers",
    "ports": "ports",
    "securityGroups": "security-groups",
}
"""Quota name -> path of Neutron's list."""

Objects = Mapping[str, Mapping[str, int]]
"""Quota name -> project id -> number."""


def read_network_objects(door: Door) -> Objects:
    """One call for each list and 1000 objects, the lists side by side."""
    return dict(zip(LISTS, each(lambda path: _by_project(door, path), LISTS.values()), strict=True))


def _by_project(door: Door, path: str) -> Mapping[str, int]:
    found = pages(door, "network", path, path.replace("-", "_"), params={"fields": ["id", "project_id"]})
    counted = Counter(text_or_none(one["project_id"]) for one in found)
    counted.pop("", None)
    return dict(sorted(counted.items()))
