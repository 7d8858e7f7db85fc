"""A server group: how servers are kept together or apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class ServerGroup(Collection):
    version = "2.64"  # `policy` and `rules` instead of a list of policies

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        body = super().creation(action, inputs)
        body["policy"] = body.pop("policies", "")
        return body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        outputs = super().outputs(action, {**body, "policies": body.get("policy")}, known)
        return outputs if outputs.get("rules") else {name: value for name, value in outputs.items() if name != "rules"}

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        return action.service().all("os-server-groups", "server_groups", version=self.version)
