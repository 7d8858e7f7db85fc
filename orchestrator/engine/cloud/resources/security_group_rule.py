"""A rule of a security group. Neutron keeps protocols and prefixes in lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action

_LOWER: Final = ("protocol", "remote_ip_prefix")


class SecurityGroupRule(Collection):
    marks = ()  # Neutron takes no second rule that differs in its description alone

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        body = super().encoded(action, inputs)
        return {key: value.lower() if key in _LOWER else value for key, value in body.items() if value != ""}

    def matches(self, action: Action, body: dict[str, Any], wanted: Mapping[str, Any]) -> bool:
        """A rule has no name: it is the same when nothing that counts for Neutron differs."""
        asked = self.encoded(action, {name: value for name, value in wanted.items() if value is not None})
        keys = [action.type.inputs[name].key for name in wanted if name != "description"]
        return all(body.get(key) == asked.get(key) for key in keys)
