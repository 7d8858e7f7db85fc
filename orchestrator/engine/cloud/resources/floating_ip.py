"""A floating IP. Programs name its pool; Neutron wants the network's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.subnet_choice import first_with_room
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_CHANGEABLE = frozenset({"description", "portId", "fixedIp"})


class FloatingIp(Collection):
    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        given = {name: value for name, value in inputs.items() if name not in {"pool", "subnetIds"}}
        body = super().creation(action, given) | {"floating_network_id": _network(action, inputs.get("pool"))}
        subnets = inputs.get("subnetIds")
        return body | {"try_subnets": list(subnets)} if subnets else body

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        """Tries subnets one after the other until one has an address left."""
        subnets = body.pop("try_subnets", [])
        post = super().post
        if not subnets:
            return post(action, body)
        return first_with_room(subnets, lambda subnet: post(action, {**body, "subnet_id": subnet}))

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        """A floating IP has no name: what was given tells it apart (description, port, address, project)."""
        asked = self.creation(action, inputs)
        asked.setdefault("tenant_id", action.connection.project_id)
        keys = ("floating_network_id", "tenant_id", "port_id", "floating_ip_address")
        wanted = {key: asked[key] for key in keys if asked.get(key)}
        found = action.service().all("floatingips", "floatingips", **wanted)
        return tuple(
            body["id"]
            for body in found
            if body.get("port_id") == asked.get("port_id")
            and (body.get("description") or "") == (asked.get("description") or "")
        )

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        body = self.encoded(action, {name: value for name, value in changed.items() if name in _CHANGEABLE})
        if "description" in changed:
            body["description"] = changed["description"] or ""
        if "portId" in changed:
            body["port_id"] = changed["portId"] or None
        return body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        outputs = super().outputs(action, body, known)
        outputs["portId"] = body.get("port_id") or ""
        outputs["fixedIp"] = body.get("fixed_ip_address") or ""
        network = action.service().find(f"networks/{body['floating_network_id']}", fields="name")
        return outputs | ({"pool": network["network"]["name"]} if network else {})


def _network(action: Action, pool: Any) -> str:
    if not pool:
        raise ProviderError("a FloatingIp needs `pool`: the name of the external network")
    networks = action.service().all("networks", "networks", name=pool, fields="id")
    if not networks:
        raise ProviderError(f"there is no network named {pool!r} that this credential can see (pool)")
    return str(networks[0]["id"])
