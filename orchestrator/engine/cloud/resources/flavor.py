"""A flavor. Nova lets only its description and extra specs change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.extra_specs import replace_specs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_PUBLIC: Final = "os-flavor-access:is_public"


class Flavor(Collection):
    version = "2.61"  # description since 2.55, extra specs in the answer since 2.61

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        """Private unless asked otherwise, as the official provider makes it; Nova's own default is public."""
        body = {_PUBLIC: False, **super().creation(action, inputs)}
        return {key: value for key, value in body.items() if key != "extra_specs"}

    def created(self, action: Action, id_: str, inputs: Properties, body: dict[str, Any]) -> dict[str, Any]:
        specs = inputs.get("extraSpecs")
        replace_specs(action, f"flavors/{id_}/os-extra_specs", None, specs)
        return {**body, "extra_specs": {**body.get("extra_specs", {}), **(specs or {})}}

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (the base class's)
        return {"description": changed["description"] or ""} if "description" in changed else {}

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        if "extraSpecs" in changed:
            replace_specs(action, f"flavors/{id_}/os-extra_specs", known.get("extraSpecs"), changed["extraSpecs"])
        return "extraSpecs" in changed

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        return action.service().all("flavors/detail", "flavors", is_public="None", version=self.version)
