"""A subnet. "No gateway" is a null address in Neutron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Subnet(Collection):
    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        body = super().creation(action, inputs)
        if inputs.get("gatewayIp") == "":
            del body["gateway_ip"]
        return body | {"gateway_ip": None} if inputs.get("noGateway") else body

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        body = super().changes(action, changed)
        if changed.get("noGateway"):
            body["gateway_ip"] = None
        return body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        return {**super().outputs(action, body, known), "noGateway": not body.get("gateway_ip")}
