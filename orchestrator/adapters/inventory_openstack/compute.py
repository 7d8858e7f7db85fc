"""The compute part: servers with what they take, hypervisors with their zone, aggregate and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.model.snapshot import ServerUse

SERVERS: Final = "2.47"  # from here on the flavor's sizes stand in the server: no call per flavor
HYPERVISORS: Final = "2.53"  # pages; below 2.88, where Nova begins to ask every host for its uptime


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeHost:
    """A hypervisor without its amounts: those are Placement's."""

    name: str
    zone: str
    aggregate: str
    enabled: bool


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


def _host_groups(aggregates: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Host -> (zone, aggregate). A host has one zone at most; of several aggregates the one with the zone counts."""
    ordered = sorted(aggregates, key=lambda one: (one["availability_zone"] is not None, -one["id"]))
    return {host: (one["availability_zone"] or "", one["name"]) for one in ordered for host in one["hosts"]}


def _host(host: Mapping[str, Any], groups: Mapping[str, tuple[str, str]]) -> ComputeHost:
    zone, aggregate = groups.get(host["service"]["host"], ("", ""))
    return ComputeHost(
        name=host["hypervisor_hostname"],
        zone=zone,
        aggregate=aggregate,
        enabled=host["status"] == "enabled" and host["state"] == "up",
    )


def _server(server: Mapping[str, Any]) -> ServerUse:
    flavor = server["flavor"]
    root = 0 if server["image"] == "" else flavor["disk"]  # no image: the root disk is a volume
    return ServerUse(
        project_id=server["tenant_id"],
        zone=server.get("OS-EXT-AZ:availability_zone") or "",
        host=server.get("OS-EXT-SRV-ATTR:hypervisor_hostname") or "",
        status=server["status"],
        vcpus=flavor["vcpus"],
        memory_mib=flavor["ram"],
        disk_gib=root + flavor["ephemeral"] + ceil((flavor["swap"] or 0) / 1024),
    )
