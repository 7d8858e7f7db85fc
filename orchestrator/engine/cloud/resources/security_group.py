"""A security group, if asked for without the rules that Neutron gives every new group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class SecurityGroup(Collection):
    def created(self, action: Action, id_: str, inputs: Properties, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (the base class's)
        if inputs.get("deleteDefaultRules"):
            for rule in body.get("security_group_rules", ()):
                action.service().delete(f"security-group-rules/{rule['id']}")
        return body
