"""A cloud that says yes to everything, for tests of what is sent: each object has all that a handler may look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from fake_openstack import FakeOpenStack, Headers, Reply

from orchestrator.engine.cloud.schema import ResourceType

OBJECT: dict[str, Any] = {
    "id": "id-1", "name": "n", "project_id": "own-project", "tenant_id": "own-project", "zone_id": "zone-1",
    "floating_network_id": "net-1", "floating_ip_address": "192.0.2.9", "floatingip_id": "fip-1",
    "vip_port_id": "port-1", "port_id": "port-1", "subnet_id": "subnet-1", "network_id": "net-1", "device_id": "dev-1",
    "loadbalancers": [{"id": "lb-1"}], "pools": [{"id": "pool-1"}], "listeners": [], "flavor": {"id": "flavor-1"},
    "image": {"id": "image-1"}, "fixed_ips": [], "security_groups": [], "routes": [], "attachments": [], "size": 1,
    "target": {}, "net_id": "net-1", "mac_addr": "m", "metadata": {}, "hosts": [], "addresses": [], "extra_specs": {},
    "external_fixed_ips": [], "owner": "own-project", "volumeId": "vol-1", "serverId": "server-1", "specs": {},
    "cidr": "192.0.2.0/24", "checksum": "c", "sub_ports": [], "public_key": "ssh-ed25519 A", "roles": [],
    "secret": "s", "enabled": True, "action": "a", "object_id": "o", "object_type": "t", "admin_state_up": True,
    "rules": [{"id": "rule-1", "direction": "egress", "security_group_id": "id-1"}],
    "security_group_rules": [{"id": "rule-1"}], "interfaceAttachments": [{"net_id": "net-1", "port_id": "port-1",
    "mac_addr": "m", "fixed_ips": []}],
    "interfaceAttachment": {"port_id": "port-1", "net_id": "net-1", "fixed_ips": []},
    "volumeAttachment": {"id": "va-1", "volumeId": "vol-1", "device": "/dev/vdb"}, "device": "/dev/vdb",
}  # fmt: skip


class FakeAnything(FakeOpenStack):
    """For one type: its objects are ready at once, and gone once deleted."""

    def __init__(self, type_: ResourceType) -> None:
        super().__init__()
        self._api = type_.api
        self._ready = (*type_.api.ready, "queued" if type_.api.service == "image" else "ACTIVE")[0]
        self._gone: set[str] = set()

    @property
    def calls(self) -> list[tuple[str, str, str]]:
        """What was sent, in a form that can be compared."""
        return [(method, path, json.dumps(options, sort_keys=True, default=str)) for method, path, options in self.sent]

    def access(self) -> Any:
        """Whose token it is."""
        return SimpleNamespace(user_id="user-1", project_id=self.own_project, role_names=["member"], role_ids=["r"])

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        if method == "HEAD":
            return 204, Headers({})
        if method == "DELETE":
            self._gone.add(path)
            return 204, None
        if path in self._gone:
            return 404, {"message": "gone"}
        given = options.get("json")
        inner = {key: value for key, value in given.items() if isinstance(value, dict)} if _is_map(given) else {}
        return 200, self._everything(given, inner)

    def _everything(self, given: Any, inner: Mapping[str, Any]) -> dict[str, Any]:
        """One answer that is an object, a wrapped object and a list of objects at the same time."""
        ready = dict.fromkeys(("status", self._api.status), self._ready)
        plain = {**OBJECT, **ready, **(given if _is_map(given) and not inner else {})}
        wrapped = {key: {**OBJECT, **ready, **value} for key, value in inner.items()}
        known = {key: {**OBJECT, **ready} for key in (self._api.key, "port", "server", "flavor", "volume", "router",
                 "pool", "listener", "loadbalancer", "network", "subnet", "floatingip") if key}  # fmt: skip
        lists: dict[str, Any] = {self._api.many: []} if self._api.many else {}
        named = {many: [{**OBJECT, **ready}] for many in ("networks", "flavors", "images", "floatingips")}
        return {**plain, **known, **lists, **named, **wrapped}


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)
