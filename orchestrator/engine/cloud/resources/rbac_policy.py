"""A networking object shared with a project; only the project can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action


class RbacPolicy(Collection):
    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        return super().changes(action, {name: value for name, value in changed.items() if name == "targetTenant"})
