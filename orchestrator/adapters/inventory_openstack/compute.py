"""The compute part: servers with what they take, hypervisors with their zone, aggregate and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, text, text_or_none, whole
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.errors import TemporaryFailure
from orchestrator.model.snapshot import DISK_GB, MEMORY_MB, VCPU, ServerUse

SERVERS: Final = "2.69"  # the flavor's sizes stand in the server (2.47); those of a cell that is down do not vanish
HYPERVISORS: Final = "2.53"  # pages; below 2.88, where Nova begins to ask every host for its uptime
PHYSICAL: Final = {VCPU: "vcpus", MEMORY_MB: "memory_mb", DISK_GB: "local_gb"}
"""Placement's class -> what Nova calls the same of a hypervisor, before 2.88."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeHost:
    """A hypervisor. Its amounts are Placement's; `physical`, by Placement's class, until Placement was asked."""

    name: str
    zone: str
    aggregate: str
    enabled: bool
    physical: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputePart:
    hosts: tuple[ComputeHost, ...] = ()
    servers: tuple[ServerUse, ...] = ()


def read_compute(door: Door) -> ComputePart:
    """Aggregates, hypervisors and all servers: 2 calls and one per 1000 servers or hypervisors."""
    groups = _host_groups(door.get("compute", "os-aggregates", version=HYPERVISORS)["aggregates"])
    hosts = pages(door, "compute", "os-hypervisors/detail", "hypervisors", version=HYPERVISORS)
    servers = pages(door, "compute", "servers/detail", "servers", version=SERVERS, params={"all_tenants": 1})
    return ComputePart(
        hosts=tuple(_host(host, groups) for host in hosts),
        servers=tuple(_server(server) for server in servers),
    )


def _host_groups(aggregates: Any) -> dict[str, tuple[str, str]]:
    """Host -> (zone, aggregate). A host has one zone at most; of several aggregates the one with the zone counts."""
    ordered = sorted(items(aggregates), key=lambda one: (one["availability_zone"] is not None, -whole(one["id"])))
    return {
        text(host): (text_or_none(one["availability_zone"]), text(one["name"]))
        for one in ordered
        for host in one["hosts"]
    }


def _host(host: Mapping[str, Any], groups: Mapping[str, tuple[str, str]]) -> ComputeHost:
    zone, aggregate = groups.get(text(mapping(host["service"])["host"]), ("", ""))
    return ComputeHost(
        name=text(host["hypervisor_hostname"]),
        zone=zone,
        aggregate=aggregate,
        enabled=host["status"] == "enabled" and host["state"] == "up",
        physical={name: whole(host[theirs]) for name, theirs in PHYSICAL.items()},
    )


def _server(server: Mapping[str, Any]) -> ServerUse:
    if "flavor" not in server:
        raise TemporaryFailure(
            f"Nova cannot tell what server {server['id']} takes: its cell does not answer",
            hint="see `nova-manage cell_v2 list_cells`; the servers of that cell are running unseen",
        )
    flavor = mapping(server["flavor"])
    root = 0 if server["image"] == "" else whole(flavor["disk"])  # no image: the root disk is a volume
    return ServerUse(
        project_id=text(server["tenant_id"]),
        zone=text_or_none(server.get("OS-EXT-AZ:availability_zone")),
        host=text_or_none(server.get("OS-EXT-SRV-ATTR:hypervisor_hostname")),
        status=text(server["status"]),
        vcpus=whole(flavor["vcpus"]),
        memory_mib=whole(flavor["ram"]),
        disk_gib=root + whole(flavor["ephemeral"]) + ceil(whole(flavor["swap"] or 0) / 1024),
    )
