"""Placement: providers, what each has and has given, and who could give one unit of a class."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from stub_cloud.estate import DISK_GIB, MEMORY_MIB, RATIO, RESERVED_MIB, THREADS, Amounts, Estate, Host, Server
from stub_cloud.listing import Query
from stub_cloud.recording import Recording

SERVICE = "placement"
HAS = {"VCPU": (THREADS, 0, RATIO), "MEMORY_MB": (MEMORY_MIB, RESERVED_MIB, 1), "DISK_GB": (DISK_GIB, 0, 1)}
"""Total, reserved, ratio."""


class PlacementAnswers:
    def __init__(self, estate: Estate, recording: Recording) -> None:
        self._estate = estate
        self._recording = recording
        self._hosts = {host.id: host for host in estate.hosts}
        self._servers: dict[int, list[Server]] = {host.number: [] for host in estate.hosts}
        self._taken: dict[str, Counter[str]] = {project.id: Counter() for project in estate.projects}
        for server in estate.servers:
            if server.host:
                self._servers[server.host.number].append(server)
                self._taken[server.project.id].update(server.takes)

    def answer(self, path: str, query: Query) -> bytes | None:
        body = self._body(path, query)
        return None if body is None else json.dumps(body).encode()

    def _body(self, path: str, query: Query) -> Any:
        match path.strip("/").split("/"):
            case [""]:
                return self._recording.body(SERVICE, "root")
            case ["resource_providers"]:
                return {"resource_providers": [self._provider(host) for host in self._estate.hosts]}
            case ["resource_providers", uuid, name] if uuid in self._hosts:
                return self._of_host(self._hosts[uuid], name)
            case ["allocation_candidates"]:
                return self._candidates(_wanted(query["resources"][0]))
            case ["usages"] if query["project_id"][0] in self._taken:
                return {"usages": dict(self._taken[query["project_id"][0]])}
        return None

    def _provider(self, host: Host) -> Any:
        template = self._recording.item(SERVICE, "providers", "resource_providers")
        known = json.dumps(template).replace(template["uuid"], host.id)
        return {**json.loads(known), "name": host.name}

    def _of_host(self, host: Host, name: str) -> Any:
        if name not in {"inventories", "usages", "aggregates", "allocations"}:
            return None
        body = self._recording.body(SERVICE, name)
        if name == "usages":
            body["usages"] = self._estate.used[host.number]
        elif name == "inventories":
            for resource_class, (total, reserved, ratio) in HAS.items():
                facts = {"total": total, "reserved": reserved, "allocation_ratio": float(ratio), "max_unit": total}
                body["inventories"][resource_class] |= facts
        elif name == "allocations":
            taken = {one.id: {"resources": one.takes, "consumer_generation": 1} for one in self._servers[host.number]}
            body["allocations"] = taken
        return body

    def _candidates(self, wanted: Amounts) -> Any:
        template = self._recording.body(SERVICE, "candidates")
        facts = next(iter(template["provider_summaries"].values()))
        requests, summaries = [], {}
        for host in self._estate.hosts:
            used = self._estate.used[host.number]
            if all(used[name] + amount <= host.capacity[name] for name, amount in wanted.items()):
                requests.append({"allocations": {host.id: {"resources": wanted}}, "mappings": {"": [host.id]}})
                amounts = {name: {"capacity": host.capacity[name], "used": used[name]} for name in used}
                summaries[host.id] = {**facts, "root_provider_uuid": host.id, "resources": amounts}
        return {"allocation_requests": requests, "provider_summaries": summaries}


def _wanted(resources: str) -> Amounts:
    """`VCPU:1,MEMORY_MB:2`."""
    pairs = (part.partition(":") for part in resources.split(","))
    return {name: int(amount) for name, _, amount in pairs}
