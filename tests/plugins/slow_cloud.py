"""A slow second opinion of what a cloud holds: every object asked for by itself, as the administrator.

It knows nothing of the product. What services offer in bulk (quotas of all projects, Placement's candidates, Neutron's
address counts, sizes inside lists) is not used: ids are listed, everything else is shown one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Any
from urllib.parse import urlencode

from openstack.connection import Connection

CLASSES = {"VCPU": ("vcpus", 1), "MEMORY_MB": ("memory", 2**20), "DISK_GB": ("disk", 2**30)}
"""Placement's class -> our resource, and its unit in vcpus or bytes."""

GIB = 2**30


@dataclass(frozen=True, kw_only=True)
class SlowHost:
    """`amounts`: resource -> (total, reserved, ratio, largest piece), base units; `used`: sum of the allocations."""

    name: str
    zone: str
    aggregate: str
    enabled: bool
    amounts: dict[str, tuple[int, int, float, int]]
    used: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class SlowServer:
    """`takes`: resource -> base units."""

    tenant: str
    zone: str
    host: str
    takes: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class SlowVolume:
    tenant: str
    tier: str
    backend: str
    gib: int


@dataclass(frozen=True, kw_only=True)
class SlowSubnet:
    tenant: str
    network: str
    external: bool
    cidr: str
    total: int
    used: int


@dataclass(frozen=True, kw_only=True)
class SlowCloud:
    """`owners`: project id -> tenant ("": nobody's); `quotas`: project id -> service -> name -> limit."""

    owners: dict[str, str]
    hosts: tuple[SlowHost, ...]
    servers: tuple[SlowServer, ...]
    volumes: tuple[SlowVolume, ...]
    subnets: tuple[SlowSubnet, ...]
    floating_ips: tuple[str, ...]
    quotas: dict[str, dict[str, dict[str, int]]]
    objects: dict[str, dict[str, int]] = field(default_factory=dict)
    """Tenant -> kind of network object -> number."""


class _Walk:
    def __init__(self, cloud: Connection) -> None:
        self._session = cloud.session
        self.owners = {one: self._tenant(one) for one in self._ids("identity", "/projects", "projects")}

    def show(self, service: str, path: str, version: str = "") -> Any:
        headers = {"OpenStack-API-Version": version} if version else {}
        answer = self._session.get(path, endpoint_filter={"service_type": service}, headers=headers)
        answer.raise_for_status()
        return answer.json()

    def _ids(self, service: str, path: str, key: str, **query: Any) -> list[str]:
        body = self.show(service, f"{path}?{urlencode(query)}" if query else path)
        assert not body.get(f"{key}_links"), "the slow method does not page"
        return [str(one["id"]) for one in body[key]]

    def each(self, service: str, path: str, key: str, one: str, **query: Any) -> Iterator[Any]:
        """Every object of a list, shown by itself."""
        base = path.removesuffix("/detail")
        for found in self._ids(service, path, key, **query):
            yield self.show(service, f"{base}/{found}")[one]

    def _tenant(self, project: str) -> str:
        tags = self.show("identity", f"/projects/{project}")["project"]["tags"]
        named = [tag.split("=", 1)[1] for tag in tags if tag.startswith("tenant=")]
        return str(named[0]) if "mutualis" in tags and named else ""

    def owner(self, project: str) -> str:
        return self.owners.get(project, "")


def look_slowly(cloud: Connection) -> SlowCloud:
    """Everything, now. The cloud must be quiet meanwhile."""
    walk = _Walk(cloud)
    subnets, objects = _network(walk)
    return SlowCloud(
        owners=walk.owners,
        hosts=tuple(_hosts(walk)),
        servers=tuple(_servers(walk)),
        volumes=tuple(_volumes(walk)),
        subnets=subnets,
        floating_ips=tuple(
            walk.owner(one["project_id"])
            for one in walk.each("network", "/v2.0/floatingips", "floatingips", "floatingip")
        ),
        quotas={project: _quotas(walk, project) for project in walk.owners},
        objects=objects,
    )


def _hosts(walk: _Walk) -> Iterator[SlowHost]:
    """Of several aggregates the one with a zone counts, then the one that was made first."""
    aggregates = sorted(
        walk.each("compute", "/os-aggregates", "aggregates", "aggregate"),
        key=lambda one: (one["availability_zone"] is None, one["id"]),
    )
    providers = {
        one["name"]: one["uuid"] for one in walk.show("placement", "/resource_providers")["resource_providers"]
    }
    for one in walk.each("compute", "/os-hypervisors", "hypervisors", "hypervisor"):
        own = [group for group in aggregates if one["service"]["host"] in group["hosts"]]
        provider = providers[one["hypervisor_hostname"]]
        yield SlowHost(
            name=one["hypervisor_hostname"],
            zone=(own[0]["availability_zone"] or "") if own else "",
            aggregate=own[0]["name"] if own else "",
            enabled=(one["status"], one["state"]) == ("enabled", "up"),
            amounts=_amounts(walk, provider),
            used=_given(walk, provider),
        )


def _amounts(walk: _Walk, provider: str) -> dict[str, tuple[int, int, float, int]]:
    found = {}
    for name, (resource, unit) in CLASSES.items():
        one = walk.show("placement", f"/resource_providers/{provider}/inventories/{name}")
        largest = one["max_unit"] * unit
        found[resource] = (one["total"] * unit, one["reserved"] * unit, one["allocation_ratio"], largest)
    return found


def _given(walk: _Walk, provider: str) -> dict[str, int]:
    """What each consumer was given, added up."""
    totals = {resource: 0 for resource, _ in CLASSES.values()}
    consumers = walk.show("placement", f"/resource_providers/{provider}/allocations")["allocations"]
    for consumer in consumers:
        for place, given in walk.show("placement", f"/allocations/{consumer}")["allocations"].items():
            for name, (resource, unit) in CLASSES.items():
                totals[resource] += given["resources"].get(name, 0) * unit if place == provider else 0
    return totals


def _servers(walk: _Walk) -> Iterator[SlowServer]:
    """The flavor is looked up by its id: this is the API before flavors stood in servers."""
    for one in walk.each("compute", "/servers", "servers", "server", all_tenants=1):
        flavor = walk.show("compute", f"/flavors/{one['flavor']['id']}")["flavor"]
        swap = ceil((flavor["swap"] or 0) / 1024)
        root = flavor["disk"] if one["image"] else 0
        disk = root + flavor["OS-FLV-EXT-DATA:ephemeral"] + swap
        yield SlowServer(
            tenant=walk.owner(one["tenant_id"]),
            zone=one["OS-EXT-AZ:availability_zone"] or "",
            host=one["OS-EXT-SRV-ATTR:hypervisor_hostname"] or "",
            takes={"vcpus": flavor["vcpus"], "memory": flavor["ram"] * 2**20, "disk": disk * GIB, "servers": 1},
        )


def _volumes(walk: _Walk) -> Iterator[SlowVolume]:
    for one in walk.each("block-storage", "/volumes", "volumes", "volume", all_tenants=1):
        yield SlowVolume(
            tenant=walk.owner(one["os-vol-tenant-attr:tenant_id"]),
            tier=one["volume_type"],
            backend=one["os-vol-host-attr:host"].partition("#")[2],
            gib=one["size"],
        )


def _network(walk: _Walk) -> tuple[tuple[SlowSubnet, ...], dict[str, dict[str, int]]]:
    """Addresses: what the allocation pools hold, and what ports have of the subnet."""
    kinds = {
        kind: list(walk.each("network", f"/v2.0/{kind.replace('_', '-')}", kind, kind.removesuffix("s")))
        for kind in ("networks", "subnets", "routers", "ports", "security_groups")
    }
    networks = {one["id"]: one for one in kinds["networks"]}
    used = _taken(kinds["ports"])
    subnets = tuple(
        SlowSubnet(
            tenant=walk.owner(networks[one["network_id"]]["project_id"]),
            network=networks[one["network_id"]]["name"],
            external=networks[one["network_id"]]["router:external"],
            cidr=one["cidr"],
            total=sum(_length(pool) for pool in one["allocation_pools"]),
            used=len(used[one["id"]]),
        )
        for one in kinds["subnets"]
        if ip_network(one["cidr"]).version == 4
    )
    return subnets, {kind: _by_owner(walk, found) for kind, found in kinds.items()}


def _by_owner(walk: _Walk, found: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Not those without a project, which no quota counts: the outer sides of routers and floating IPs."""
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        if one["project_id"]:
            counts[walk.owner(one["project_id"])] += 1
    return dict(counts)


def _length(pool: Mapping[str, str]) -> int:
    return int(ip_address(pool["end"])) - int(ip_address(pool["start"])) + 1


def _taken(ports: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = defaultdict(set)
    for port in ports:
        for address in port["fixed_ips"]:
            used[address["subnet_id"]].add(address["ip_address"])
    return used


def _quotas(walk: _Walk, project: str) -> dict[str, dict[str, int]]:
    return {
        "compute": walk.show("compute", f"/os-quota-sets/{project}")["quota_set"],
        "volume": walk.show("block-storage", f"/os-quota-sets/{project}")["quota_set"],
        "network": walk.show("network", f"/v2.0/quotas/{project}")["quota"],
    }
