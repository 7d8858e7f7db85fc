"""Designate as its API shows it: objects without envelopes, PENDING for a while after each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_openstack import FakeOpenStack, Reply

GONE = {"code": 404, "type": "zone_not_found", "message": "Could not find Zone", "request_id": "req-fake"}


class FakeDesignate(FakeOpenStack):
    """`status`: what a change ends in."""

    def __init__(self) -> None:
        super().__init__()
        self.status = "ACTIVE"
        self.zones: dict[str, dict[str, Any]] = {}
        self.records: dict[str, dict[str, Any]] = {}

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        parts = path.split("/")
        many = parts[-1] if len(parts) % 2 else parts[-2]
        bodies = self.records if many == "recordsets" else self.zones
        project = options.get("headers", {}).get("X-Auth-Sudo-Project-ID", self.own_project)
        if len(parts) % 2:
            return self._collection(method, many, bodies, options, {"project_id": project, "zone_id": parts[1:2]})
        return self._member(method, bodies, parts[-1], options, project)

    def _collection(self, method: str, many: str, bodies: dict[str, Any], options: Mapping[str, Any],
                    place: Mapping[str, Any]) -> Reply:  # fmt: skip
        if method == "GET":
            wanted = options.get("params") or {}
            found = [body for body in bodies.values() if all(body[key] == wanted[key] for key in wanted)]
            return 200, {many: found, "links": {"self": "here"}, "metadata": {"total_count": len(found)}}
        id_ = f"{many[:-1]}-{len(bodies) + 1}"
        zone = {"zone_id": place["zone_id"][0]} if place["zone_id"] else {}
        body = {"id": id_, "project_id": place["project_id"], **zone, "ttl": 3600, **options["json"]}
        bodies[id_] = body | {"status": "PENDING", "action": "CREATE"}
        return 202, dict(bodies[id_])

    def _member(self, method: str, bodies: dict[str, Any], id_: str, options: Mapping[str, Any], own: str) -> Reply:
        body = bodies.get(id_)
        if body is None or body["project_id"] != own:
            return 404, GONE
        if method == "DELETE":
            body |= {"status": "PENDING", "action": "DELETE"}
        elif method == "GET":
            told = dict(body)
            self._pass(bodies, body)
            return 200, told
        else:
            body |= {**options["json"], "status": "PENDING", "action": "UPDATE"}
        return 202, dict(body)

    def _pass(self, bodies: dict[str, Any], body: dict[str, Any]) -> None:
        if body["action"] == "DELETE" and self.status == "ACTIVE":
            del bodies[body["id"]]
        elif body["status"] == "PENDING":
            body["status"] = self.status
