"""A volume type. Its extra specs have calls of their own once it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.extra_specs import replace_specs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class VolumeType(Collection):
    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        """Cinder tells in public that a type is public; the key that programs know it by is an administrator's."""
        found = super().outputs(action, body, known)
        return {"isPublic": body["is_public"], **found} if isinstance(body.get("is_public"), bool) else found

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        plain = {name: value for name, value in changed.items() if name in {"name", "description"}}
        body = super().changes(action, plain)
        return body | {"is_public": changed["isPublic"]} if "isPublic" in changed else body

    def put(self, action: Action, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        """Cinder's answer lacks keys: empty, so that the object is read again."""
        super().put(action, id_, body)
        return {}

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        if "extraSpecs" in changed:
            replace_specs(action, f"types/{id_}/extra_specs", known.get("extraSpecs"), changed["extraSpecs"])
        return "extraSpecs" in changed

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        return action.service().all("types", "volume_types", is_public="None")
