"""The look-up of a zone, in one project or, for those who may, in all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search
from orchestrator.engine.cloud.resources.dns.designate import speaking_for

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]
_TOLD: Final = {"poolId": "pool_id", "status": "status", "version": "version", "serial": "serial",
                "createdAt": "created_at", "updatedAt": "updated_at", "transferredAt": "transferred_at"}  # fmt: skip


def _placed(action: Action, arguments: Properties) -> Action:
    headers = speaking_for(action, arguments.get("projectId"))
    everywhere = str(arguments.get("allProjects") or "").lower()
    return replace(action, headers=headers | ({"X-Auth-All-Projects": everywhere} if everywhere else {}))


def _masters(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    """Zones with all that was asked for among their masters and attributes."""
    masters, attributes = set(arguments.get("masters") or ()), dict(arguments.get("attributes") or {})
    return [
        body
        for body in bodies
        if masters <= set(body.get("masters") or ()) and attributes.items() <= (body.get("attributes") or {}).items()
    ]


def _zone(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    return {name: body[key] for name, key in _TOLD.items() if body.get(key) is not None}


ZONE: Final = Search(
    kind="openstack:dns/zone:Zone",
    keys={"name": "name", "description": "description", "email": "email", "type": "type", "ttl": "ttl",
          "projectId": "project_id", **_TOLD},
    query=frozenset({"name", "description", "email", "status", "type", "ttl"}),
    narrow=_masters,
    told=_zone,
    placed=_placed,
)  # fmt: skip
