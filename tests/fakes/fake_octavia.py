"""Octavia as its API shows it: a load balancer is busy for a while after each change, and refuses others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_openstack import FakeOpenStack, Reply

KEYS = {"loadbalancers": "loadbalancer", "listeners": "listener", "pools": "pool", "members": "member",
        "healthmonitors": "healthmonitor"}  # fmt: skip
GONE = {"faultcode": "Client", "faultstring": "not found."}


class FakeOctavia(FakeOpenStack):
    """`busy`: how often the load balancer is looked at before a change is done; `broken`: changes end in ERROR."""

    def __init__(self, busy: int = 1) -> None:
        super().__init__()
        self.busy = busy
        self.broken = False
        self.objects: dict[str, dict[str, dict[str, Any]]] = {many: {} for many in KEYS}
        self.ports: dict[str, dict[str, Any]] = {}
        self._left = 0
        self._doomed: list[tuple[str, str]] = []

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        if service == "network":
            return self._port(method, path.removeprefix("ports/"), options)
        many, id_ = _place(path.removeprefix("lbaas/"))
        if method == "GET":
            return self._look(many, id_, options.get("params") or {})
        if self._left:
            return 409, {"faultstring": "Load Balancer lb-1 is immutable and cannot be updated."}
        return self._change(method, many, id_, options, path)

    def _look(self, many: str, id_: str, query: Mapping[str, Any]) -> Reply:
        self._pass()
        if not id_:
            found = self.objects[many].values()
            return 200, {many: [body for body in found if all(body.get(key) == query[key] for key in query)]}
        body = self.objects[many].get(id_)
        return (200, {KEYS[many]: body}) if body else (404, GONE)

    def _pass(self) -> None:
        if not self._left:
            return
        self._left -= 1
        if self._left:
            return
        for many, id_ in self._doomed:
            self.objects[many].pop(id_, None)
        self._doomed.clear()
        for bodies in self.objects.values():
            for body in bodies.values():
                if body["provisioning_status"].startswith("PENDING"):
                    body["provisioning_status"] = "ERROR" if self.broken else "ACTIVE"

    def _change(self, method: str, many: str, id_: str, options: Mapping[str, Any], path: str) -> Reply:
        if method != "POST" and id_ not in self.objects[many]:
            return 404, GONE
        self._left = self.busy
        if method == "DELETE":
            self.objects[many][id_]["provisioning_status"] = "PENDING_DELETE"
            self._doomed.append((many, id_))
            return 204, None
        given = options["json"][KEYS[many]]
        if method == "POST":
            body = self._made(many, given, path)
        else:
            body = {**self.objects[many][id_], **given, "provisioning_status": "PENDING_UPDATE"}
        self.objects[many][body["id"]] = body
        return 201, {KEYS[many]: dict(body)}

    def _made(self, many: str, given: Mapping[str, Any], path: str) -> dict[str, Any]:
        id_ = f"{KEYS[many]}-{len(self.objects[many]) + 1}"
        told = {key: [{"id": given[f"{key[:-1]}_id"]}] for key in ("loadbalancers", "listeners", "pools")
                if given.get(f"{key[:-1]}_id")}  # fmt: skip
        if many == "members":
            told["pools"] = [{"id": path.split("/")[2]}]
        if many == "loadbalancers":
            port = f"port-{id_}"
            self.ports[port] = {"id": port, "security_groups": ["default"]}
            told["vip_port_id"] = port
        own = {"id": id_, "project_id": self.own_project, "provisioning_status": "PENDING_CREATE"}
        return {**own, **given, **told}

    def _port(self, method: str, id_: str, options: Mapping[str, Any]) -> Reply:
        if id_ not in self.ports:
            return 404, {"NeutronError": {"message": f"Port {id_} could not be found."}}
        if method == "PUT":
            self.ports[id_] |= options["json"]["port"]
        return 200, {"port": self.ports[id_]}


def _place(path: str) -> tuple[str, str]:
    """Collection and id of `listeners/L`, `pools/P/members/M`, `pools/P/members`."""
    parts = path.split("/")
    if len(parts) > 2:
        return parts[2], parts[3] if len(parts) > 3 else ""
    return parts[0], parts[1] if len(parts) > 1 else ""
