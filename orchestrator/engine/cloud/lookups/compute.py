"""The look-up of a flavor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]


def _large_enough(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    ram, disk = arguments.get("minRam") or 0, arguments.get("minDisk") or 0
    return [body for body in bodies if body["ram"] >= ram and body["disk"] >= disk]


FLAVOR: Final = Search(
    kind="openstack:compute/flavor:Flavor",
    keys={"name": "name", "flavorId": "id", "description": "description", "disk": "disk", "ram": "ram", "swap": "swap",
          "vcpus": "vcpus", "rxTxFactor": "rxtx_factor", "isPublic": "os-flavor-access:is_public"},
    listing="flavors/detail?is_public=None",
    version="2.61",
    own_id="flavorId",
    narrow=_large_enough,
)  # fmt: skip
