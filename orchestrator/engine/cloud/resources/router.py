"""A router with its gateway to an external network. One change at a time: Neutron rewrites it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.subnet_choice import first_with_room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_GATEWAY: Final = ("externalNetworkId", "enableSnat", "externalFixedIps", "externalQosPolicyId", "externalSubnetIds")
_INFO: Final = "external_gateway_info"


class Router(Collection):
    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return super().encoded(action, {name: value for name, value in inputs.items() if name not in _GATEWAY})

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        body = super().creation(action, inputs)
        info = _gateway(action, inputs)
        return body | {_INFO: info} if info and not _afterwards(inputs) else body

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        post = super().post
        return _by_subnet(body, lambda tried: post(action, tried))

    def created(self, action: Action, id_: str, inputs: Properties, body: dict[str, Any]) -> dict[str, Any]:
        info = _gateway(action, inputs)
        return self.put(action, id_, {_INFO: info}) if info and _afterwards(inputs) else body

    def put(self, action: Action, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        put = super().put
        with action.locks(f"router {id_}"):
            return _by_subnet(body, lambda tried: put(action, id_, tried))

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        if not any(name in changed for name in _GATEWAY):
            return super().update(action, id_, changed, known)
        new = {**known, **changed}
        return super().update(action, id_, {**changed, _INFO: _gateway(action, new)}, known)

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        plain = {name: value for name, value in changed.items() if name not in {*_GATEWAY, _INFO, "vendorOptions"}}
        body = super().changes(action, plain)
        return body | {_INFO: changed[_INFO]} if _INFO in changed else body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        info = body.get(_INFO) or {}
        told: dict[str, Any] = {"externalNetworkId": info.get("network_id") or ""}
        if info.get("enable_snat") is not None:
            told["enableSnat"] = info["enable_snat"]
        ips = values.decode(action.type.inputs["externalFixedIps"], info.get("external_fixed_ips") or [])
        return {**super().outputs(action, body, known), **told, "externalFixedIps": ips}

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        with action.locks(f"router {id_}"):
            super().delete(action, id_, known)


def _afterwards(inputs: Properties) -> bool:
    return bool((inputs.get("vendorOptions") or {}).get("setRouterGatewayAfterCreate"))


def _gateway(action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`external_gateway_info`; {} takes the gateway away."""
    if not inputs.get("externalNetworkId"):
        return {}
    info = {"network_id": inputs["externalNetworkId"]}
    if inputs.get("enableSnat") is not None:
        info["enable_snat"] = values.scalar("bool", inputs["enableSnat"])
    if inputs.get("externalFixedIps"):
        info["external_fixed_ips"] = values.encode(action.type.inputs["externalFixedIps"], inputs["externalFixedIps"])
    if inputs.get("externalQosPolicyId"):
        info["qos_policy_id"] = inputs["externalQosPolicyId"]
    if inputs.get("externalSubnetIds"):
        info["try_subnets"] = list(inputs["externalSubnetIds"])
    return info


def _by_subnet(body: dict[str, Any], send: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    info = dict(body.get(_INFO) or {})
    subnets = info.pop("try_subnets", [])

    def through(subnet: str) -> dict[str, Any]:
        return send({**body, _INFO: {**info, "external_fixed_ips": [{"subnet_id": subnet}]}})

    return first_with_room(subnets, through) if subnets else send(body)
