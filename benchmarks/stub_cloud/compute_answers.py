"""Nova: servers, hypervisors, aggregates and quotas, and the lists that peers read besides."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from region.tenant_file import SITES

from stub_cloud.estate import (
    DISK_GIB,
    FLAVORS,
    MEMORY_MIB,
    THREADS,
    Estate,
    Host,
    Project,
    Server,
    identifier,
)
from stub_cloud.listing import Listing, Query
from stub_cloud.recording import Recording

SERVICE = "compute"
LIMITS = {"cores": "vcpus", "ram": "memoryMiB", "instances": "servers"}
USED = {"cores": "VCPU", "ram": "MEMORY_MB", "instances": "servers"}


class ComputeAnswers:
    def __init__(self, estate: Estate, recording: Recording, base: str) -> None:
        self._estate = estate
        self._recording = recording
        self._address = f"{base}/{SERVICE}/v2.1"
        self._projects = {project.id: project for project in estate.projects}
        self._taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._on: Counter[int] = Counter()
        for server in estate.servers:
            self._taken[server.project.id].update({**server.takes, "servers": 1})
            if server.host:
                self._on[server.host.number] += 1
        self._lists = self._listings()

    def answer(self, path: str, query: Query) -> bytes | None:
        parts = path.strip("/").split("/")
        if parts[0] != "v2.1":
            return None
        name = "/".join(parts[1:])
        if name in self._lists:
            return self._lists[name].answer(query)
        body = self._body(parts[1:], query)
        return None if body is None else json.dumps(body).encode()

    def _body(self, parts: list[str], query: Query) -> Any:
        match parts:
            case []:
                return self._recording.body(SERVICE, "root")
            case ["os-quota-sets", project, *detail] if project in self._projects:
                return (self._quota_detail if detail else self._quota)(self._projects[project])
            case ["limits"] if query["tenant_id"][0] in self._projects:
                return self._limits(self._projects[query["tenant_id"][0]])
            case ["os-security-groups" | "os-availability-zone"]:
                name = "security_groups" if "groups" in parts[0] else "availabilityZoneInfo"
                return self._recording.body(SERVICE, name)
            case ["os-simple-tenant-usage"]:
                return {"tenant_usages": []}
        return None

    def _listings(self) -> dict[str, Listing]:
        recording, estate, address = self._recording, self._estate, self._address
        server, hypervisor = recording.item(SERVICE, "servers"), recording.item(SERVICE, "hypervisors")
        aggregate, service = recording.item(SERVICE, "aggregates"), recording.item(SERVICE, "services")
        flavor = recording.item(SERVICE, "flavors")
        servers = [_server(server, one) for one in estate.servers]
        hypervisors = [self._hypervisor(hypervisor, one) for one in estate.hosts]
        services = [_service(service, one) for one in estate.hosts]
        return {
            "servers/detail": Listing("servers", servers, address=f"{address}/servers/detail", paged=True),
            "os-hypervisors/detail": Listing(
                "hypervisors", hypervisors, address=f"{address}/os-hypervisors/detail", paged=True
            ),
            "os-aggregates": Listing("aggregates", [self._aggregate(aggregate, n) for n in range(len(SITES))]),
            "os-services": Listing("services", services),
            "flavors/detail": Listing("flavors", [_flavor(flavor, name) for name in FLAVORS]),
        }

    def _hypervisor(self, template: dict[str, Any], host: Host) -> dict[str, Any]:
        used = self._estate.used[host.number]
        return {
            **template,
            "id": host.id,
            "hypervisor_hostname": host.name,
            "status": "enabled" if host.enabled else "disabled",
            "service": {**template["service"], "id": identifier("service", host.number), "host": host.name},
            "vcpus": THREADS,
            "memory_mb": MEMORY_MIB,
            "local_gb": DISK_GIB,
            "vcpus_used": used["VCPU"],
            "memory_mb_used": used["MEMORY_MB"],
            "local_gb_used": used["DISK_GB"],
            "running_vms": self._on[host.number],
        }

    def _aggregate(self, template: dict[str, Any], number: int) -> dict[str, Any]:
        site = SITES[number]
        metadata = {"availability_zone": site, "mutualis_aggregate": "general", "mutualis_site": site}
        return {
            **template,
            "id": number + 1,
            "uuid": identifier("group", number),
            "name": f"{site}-general",
            "availability_zone": site,
            "hosts": [host.name for host in self._estate.hosts if host.site == site],
            "metadata": metadata,
        }

    def _quota(self, project: Project) -> Any:
        body, quota = self._recording.body(SERVICE, "quota"), self._estate.quota(project)
        body["quota_set"] |= {"id": project.id} | {theirs: quota[ours] for theirs, ours in LIMITS.items()}
        return body

    def _quota_detail(self, project: Project) -> Any:
        body, quota = self._recording.body(SERVICE, "quota_detail"), self._estate.quota(project)
        taken = self._taken[project.id]
        body["quota_set"] |= {"id": project.id} | {
            theirs: {"limit": quota[ours], "in_use": taken[USED[theirs]], "reserved": 0}
            for theirs, ours in LIMITS.items()
        }
        return body

    def _limits(self, project: Project) -> Any:
        body, quota, taken = (
            self._recording.body(SERVICE, "limits"),
            self._estate.quota(project),
            self._taken[project.id],
        )
        body["limits"]["absolute"] |= {
            "maxTotalCores": quota["vcpus"],
            "maxTotalRAMSize": quota["memoryMiB"],
            "maxTotalInstances": quota["servers"],
            "totalCoresUsed": taken["VCPU"],
            "totalRAMUsed": taken["MEMORY_MB"],
            "totalInstancesUsed": taken["servers"],
        }
        return body


def _server(template: dict[str, Any], server: Server) -> dict[str, Any]:
    vcpus, memory, disk = FLAVORS[server.flavor]
    host = server.host.name if server.host else None
    return {
        **template,
        "id": server.id,
        "name": f"server-{server.number}",
        "tenant_id": server.project.id,
        "status": server.status,
        "links": [{**link, "href": link["href"].replace(template["id"], server.id)} for link in template["links"]],
        "flavor": {**template["flavor"], "original_name": server.flavor, "vcpus": vcpus, "ram": memory, "disk": disk},
        "OS-EXT-AZ:availability_zone": server.project.site if host else "",
        "OS-EXT-SRV-ATTR:host": host,
        "OS-EXT-SRV-ATTR:hypervisor_hostname": host,
    }


def _service(template: dict[str, Any], host: Host) -> dict[str, Any]:
    number = identifier("service", host.number)
    return {**template, "id": number, "binary": "nova-compute", "host": host.name, "zone": host.site}


def _flavor(template: dict[str, Any], name: str) -> dict[str, Any]:
    vcpus, memory, disk = FLAVORS[name]
    return {**template, "id": name, "name": name, "vcpus": vcpus, "ram": memory, "disk": disk}
