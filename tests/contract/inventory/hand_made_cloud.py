"""A door to a cloud whose answers are set by hand, in the shapes of the real APIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from orchestrator.adapters.inventory_openstack.network_objects import LISTS
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal
from orchestrator.model.snapshot import InventorySnapshot, PartHealth


def server(uuid: str, **changed: Any) -> dict[str, Any]:
    flavor = {"vcpus": 2, "ram": 2048, "disk": 20, "ephemeral": 5, "swap": 1500}
    return {
        "id": uuid,
        "tenant_id": "p1",
        "status": "ACTIVE",
        "image": {"id": "i"},
        "flavor": flavor,
        "OS-EXT-AZ:availability_zone": "north",
        "OS-EXT-SRV-ATTR:hypervisor_hostname": "a1",
        **changed,
    }


def volume(uuid: str, size: int = 7) -> dict[str, Any]:
    tenant = {"os-vol-tenant-attr:tenant_id": "p1"}
    return {
        "id": uuid, "availability_zone": "nova", "volume_type": "fast", "size": size, "status": "available", **tenant
    }  # fmt: skip


def inventory(total: int, reserved: int = 0, ratio: float = 1.0) -> dict[str, Any]:
    return {"total": total, "reserved": reserved, "allocation_ratio": ratio}


COMPUTE_QUOTA = {
    "instances": 10, "cores": 20, "ram": 51200, "key_pairs": 100, "server_groups": 10, "server_group_members": 10
}  # fmt: skip
VOLUME_QUOTA = {
    "volumes": 10, "gigabytes": 1000, "snapshots": 10, "backups": 10, "backup_gigabytes": 1000, "groups": 10,
    "gigabytes_fast": 300, "volumes_fast": -1, "snapshots_fast": -1,
}  # fmt: skip
NETWORK_QUOTA = {
    "network": 100, "subnet": 100, "port": 500, "router": 10, "floatingip": 50, "security_group": 10,
    "security_group_rule": 100,
}  # fmt: skip


def paged(body: Any, params: Mapping[str, Any], most: int) -> Any:
    """A list that was asked for in pages, from its marker on; 404 when that is not (any more) there."""
    if "limit" not in params:
        return body
    ((key, whole),) = body.items()
    ids = [item["id"] for item in whole]
    if "marker" in params and params["marker"] not in ids:
        raise LastingRefusal(f"{params['marker']} could not be found", status=404)
    begin = ids.index(params["marker"]) + 1 if "marker" in params else 0
    end = begin + min(int(params["limit"]), most)
    links = {f"{key}_links": [{"rel": "next", "href": "x"}]} if end < len(whole) else {}
    return {key: whole[begin:end], **links}


class FakeCloud:
    """A door whose answers are set by hand; `broken`: service, or service and path, -> what to do instead.

    `refused`: project, or provider, -> what asking for it raises. `candidates`: Placement's most; `misled`: by how
    much each candidate's use is told wrong. `page`: the most that one answer has of a list that comes in pages.
    """

    def __init__(self) -> None:
        self.broken: dict[str, Callable[[], Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self._lock = Lock()
        self.projects: list[dict[str, Any]] = [{"id": "p1", "name": "alpha", "tags": ["mutualis", "tenant=alpha"]}]
        self.servers = [server("s1")]
        self.volumes = [volume("v1")]
        self.floating_ips = [{"id": name, "project_id": "p1"} for name in ("f1", "f2")]
        self.inventories = {"u1": {"VCPU": inventory(8, 0, 4.0), "MEMORY_MB": inventory(4096, 512)}}
        self.used = {"u1": {"VCPU": 2, "MEMORY_MB": 1024}}
        self.names = {"u1": "a1"}
        self.refused: dict[str, Exception] = {}
        self.candidates: int | None = None
        self.misled = 0
        self.page = 1000
        self.compute_quota = dict(COMPUTE_QUOTA)
        self.network_quotas: list[dict[str, Any]] = [{"project_id": "p1", **NETWORK_QUOTA, "floatingip": 4}]
        self.registered_limits: list[dict[str, Any]] = []
        self.limits: list[dict[str, Any]] = []
        self.objects = {"subnets": {"p1": 2}, "ports": {"p1": 3, "": 2}, "security-groups": {"p1": 1, "p9": 1}}

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        with self._lock:
            self.asked.append((service, path))
        broken = self.broken.get(service) or self.broken.get(f"{service} {path.split('/', maxsplit=1)[0]}")
        return broken() if broken else paged(self._answer(service, path, params), params or {}, self.page)

    def _answer(self, service: str, path: str, params: Mapping[str, Any] | None) -> Any:
        answers: dict[str, Callable[[], Any]] = {
            "projects": lambda: {"projects": self.projects},
            "os-aggregates": lambda: {
                "aggregates": [
                    {"id": 1, "name": "ssd-hosts", "availability_zone": None, "hosts": ["a1"]},
                    {"id": 2, "name": "north-general", "availability_zone": "north", "hosts": ["a1"]},
                ]
            },
            "os-hypervisors/detail": lambda: {
                "hypervisors": [
                    {"id": "h1", "hypervisor_hostname": "a1", "service": {"host": "a1"}, "state": "up",
                     "status": "enabled", "vcpus": 8, "memory_mb": 4096, "local_gb": 100},
                    {"id": "h2", "hypervisor_hostname": "a2", "service": {"host": "a2"}, "state": "down",
                     "status": "enabled", "vcpus": 8, "memory_mb": 4096, "local_gb": 100},
                ]
            },
            "servers/detail": lambda: {"servers": self.servers},
            "os-services": lambda: {"services": [{"host": "c@ssd", "zone": "north"}]},
            "scheduler-stats/get_pools": lambda: {"pools": [
                {"name": "c@ssd#pool", "capabilities": {"total_capacity_gb": "infinite", "free_capacity_gb": "unknown",
                                                        "allocated_capacity_gb": 7}}]},
            "volumes/detail": lambda: {"volumes": self.volumes},
            "networks": lambda: {"networks": [{"id": "n1", "name": "ext", "project_id": "p9"}]},
            "network-ip-availabilities": lambda: {"network_ip_availabilities": [
                {"network_id": "n1", "network_name": "ext", "project_id": "p9", "total_ips": 10, "used_ips": 3,
                 "subnet_ip_availability": []},
                {"network_id": "n2", "network_name": "inner", "project_id": "p1", "total_ips": 250, "used_ips": 9,
                 "subnet_ip_availability": [{"cidr": "10.0.0.0/24", "total_ips": 250, "used_ips": 9}]}]},
            "floatingips": lambda: {"floatingips": self.floating_ips},
            "resource_providers": lambda: {
                "resource_providers": [{"uuid": uuid, "name": name} for uuid, name in self.names.items()]},
            "allocation_candidates": lambda: self._candidates(str((params or {})["resources"]).removesuffix(":1")),
        }  # fmt: skip
        answers |= self._limits() | {path: self._objects_of(path) for path in LISTS.values() if path != "networks"}
        if "quota" in path and path not in answers:
            return self._quota(service, path.split("/")[1])
        return answers[path]() if path in answers else self._provider(*path.split("/")[1:])

    def _objects_of(self, path: str) -> Callable[[], Any]:
        """Of Neutron: as many as `objects` says, by project."""
        own = self.objects.get(path, {})
        return lambda: {
            path.replace("-", "_"): [
                {"id": f"{owner}-{number}", "project_id": owner} for owner in own for number in range(own[owner])
            ]
        }

    def _limits(self) -> dict[str, Callable[[], Any]]:
        return {
            "registered_limits": lambda: {"registered_limits": self.registered_limits},
            "limits": lambda: {"limits": self.limits},
            "quotas": lambda: {"quotas": self.network_quotas},
        }

    def _quota(self, service: str, project: str) -> dict[str, Any]:
        """Of one project, by Nova and Cinder; Neutron's default."""
        if project in self.refused:
            raise self.refused[project]
        if service == "network":
            return {"quota": NETWORK_QUOTA}
        return {"quota_set": {"id": project} | (self.compute_quota if service == "compute" else VOLUME_QUOTA)}

    def _candidates(self, name: str) -> dict[str, Any]:
        """As Placement does: a provider with a unit of the class left, with all its classes."""
        capacity = {
            uuid: {one: int((i["total"] - i["reserved"]) * i["allocation_ratio"]) for one, i in classes.items()}
            for uuid, classes in self.inventories.items()
        }
        able = [uuid for uuid in capacity if self.used[uuid].get(name, 0) < capacity[uuid].get(name, 0)][
            : self.candidates
        ]
        return {
            "provider_summaries": {
                uuid: {"resources": {one: {"capacity": c, "used": self.used[uuid][one] + self.misled}
                                     for one, c in capacity[uuid].items()}}
                for uuid in able[: self.candidates]
            }
        }  # fmt: skip

    def _provider(self, uuid: str, what: str) -> dict[str, Any]:
        if uuid in self.refused:
            raise self.refused[uuid]
        return {what: self.inventories.get(uuid, {}) if what == "inventories" else self.used.get(uuid, {})}


def part(snapshot: InventorySnapshot, name: str) -> PartHealth:
    """What a reading says of one of its parts."""
    return next(health for health in snapshot.health if health.part == name)
