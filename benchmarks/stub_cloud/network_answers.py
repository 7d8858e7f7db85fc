"""Neutron: addresses, quotas, and for each tenant a network, a subnet and a router."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from stub_cloud.estate import ADDRESSES, Estate, Project, identifier
from stub_cloud.listing import Listing, Query
from stub_cloud.recording import Recording

SERVICE = "network"
EXTERNAL, EXTERNAL_NAME = identifier("network", 0), "internet"
SUBNET = 253
"""Addresses of a tenant's subnet."""


class NetworkAnswers:
    def __init__(self, estate: Estate, recording: Recording, base: str) -> None:
        self._estate = estate
        self._recording = recording
        self._address = f"{base}/{SERVICE}/v2.0"
        self._projects = {project.id: project for project in estate.projects}
        self._owners = [project for project in estate.projects if project.tenant]
        self._floating = list(estate.addresses())
        self._external = self._listing("networks", [recording.item(SERVICE, "external", "networks") | _external()])
        self._lists = self._listings()

    def answer(self, path: str, query: Query) -> bytes | None:
        parts = path.strip("/").split("/")
        if parts[0] != "v2.0":
            return json.dumps(self._recording.body(SERVICE, "root")).encode() if parts == [""] else None
        name = "/".join(parts[1:])
        if name == "networks" and query.get("router:external") == ["true"]:
            return self._external.answer(query)
        if name in self._lists:
            return self._lists[name].answer(query)
        body = self._body(parts[1:])
        return None if body is None else json.dumps(body).encode()

    def _body(self, parts: list[str]) -> Any:
        match parts:
            case ["quotas", project, "default"] if project in self._projects:
                return self._recording.body(SERVICE, "default_quota")
            case ["quotas", project, "details.json"] if project in self._projects:
                return self._quota_details(self._projects[project])
            case ["routers", _, "l3-agents"]:
                return {"agents": []}
        return None

    def _listings(self) -> dict[str, Listing]:
        items = {
            "networks": self._networks(),
            "subnets": self._subnets(),
            "routers": self._routers(),
            "ports": self._ports(),
            "floatingips": self._floating_ips(),
            "quotas": self._quotas(),
            "network-ip-availabilities": self._availabilities(),
            "security-groups": self._groups(),
            "agents": (),
            "subnetpools": (),
        }
        return {name: self._listing(name, list(found)) for name, found in items.items()}

    def _listing(self, name: str, items: list[dict[str, Any]]) -> Listing:
        return Listing(name.replace("-", "_"), items, address=f"{self._address}/{name}")

    def _networks(self) -> Iterator[dict[str, Any]]:
        yield self._recording.item(SERVICE, "external", "networks") | _external()
        template = self._recording.item(SERVICE, "networks")
        for one in self._owners:
            subnets = [identifier("subnet", one.number)]
            yield template | _owned("network", one) | {"name": "care", "description": "", "subnets": subnets}

    def _subnets(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "subnets")
        for one in self._owners:
            network = identifier("network", one.number)
            further = {"name": "care", "cidr": cidr(one), "network_id": network, "router:external": False}
            yield template | _owned("subnet", one) | further

    def _routers(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "routers")
        gateway = template["external_gateway_info"] | {"network_id": EXTERNAL}
        for one in self._owners:
            yield template | _owned("router", one) | {"description": "", "external_gateway_info": gateway}

    def _ports(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "ports")
        for server in self._estate.servers:
            owned = _owned("port", server.project) | {"id": identifier("port", server.number)}
            network = identifier("network", max(server.project.number, 0))
            yield template | owned | {"device_id": server.id, "network_id": network, "description": ""}

    def _floating_ips(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "floatingips")
        for number, project in enumerate(self._floating):
            owned = _owned("floating", project) | {"id": identifier("floating", number)}
            yield template | owned | {"floating_network_id": EXTERNAL, "description": "", "status": "ACTIVE"}

    def _quotas(self) -> Iterator[dict[str, Any]]:
        """Neutron lists those alone that were set."""
        template = self._recording.item(SERVICE, "quotas")
        for one in self._owners:
            yield template | {
                "project_id": one.id,
                "tenant_id": one.id,
                "floatingip": self._estate.quota(one)["floatingIPs"],
            }

    def _quota_details(self, project: Project) -> Any:
        body = self._recording.body(SERVICE, "quota_details")
        used = sum(1 for one in self._floating if one is project)
        body["quota"]["floatingip"] |= {"limit": self._estate.quota(project)["floatingIPs"], "used": used}
        return body

    def _availabilities(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "availabilities", "network_ip_availabilities")
        subnet = template["subnet_ip_availability"][0]
        used = len(self._floating) + len(self._owners)
        own = subnet | {"cidr": "100.64.0.0/10", "total_ips": ADDRESSES, "used_ips": used}
        yield template | {
            "network_id": EXTERNAL,
            "network_name": EXTERNAL_NAME,
            "subnet_ip_availability": [own],
            "total_ips": ADDRESSES,
            "used_ips": used,
        }
        for one in self._owners:
            facts = {"total_ips": SUBNET, "used_ips": 1 + one.number % 9}
            own = subnet | facts | {"cidr": cidr(one), "subnet_id": identifier("subnet", one.number)}
            owner = {"project_id": one.id, "tenant_id": one.id, "network_id": identifier("network", one.number)}
            yield template | facts | owner | {"network_name": "care", "subnet_ip_availability": [own]}

    def _groups(self) -> Iterator[dict[str, Any]]:
        template = self._recording.item(SERVICE, "security_groups")
        for one in self._owners:
            yield template | _owned("group", one)


def cidr(project: Project) -> str:
    """Of the tenant's one subnet; as its spec says."""
    high, low = divmod(project.number, 250)
    return f"10.{high}.{low}.0/24"


def _external() -> dict[str, Any]:
    return {"id": EXTERNAL, "name": EXTERNAL_NAME, "subnets": [identifier("subnet", 0)]}


def _owned(kind: str, project: Project) -> dict[str, Any]:
    number = max(project.number, 0)
    return {"id": identifier(kind, number), "project_id": project.id, "tenant_id": project.id}
