"""The look-up of a zone, in one project or, for those who may, in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.reading import items, mapping, moment, number
from orchestrator.engine.cloud.lookups.search import Search
from orchestrator.engine.cloud.resources.dns.designate import speaking_for

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked, Body


def _whose(asked: Asked) -> dict[str, str]:
    everywhere = str(asked.given.get("allProjects") or "").lower()
    headers = speaking_for(asked.connection, asked.given.get("projectId"))
    return headers | ({"X-Auth-All-Projects": everywhere} if everywhere else {})


def _any(body: Body, wanted: Any) -> bool:  # noqa: ARG001 (one signature)
    """Whose zones were looked at is a matter of the call's headers."""
    return True


ZONE: Final = Search(
    service="dns",
    path="zones",
    many="zones",
    keys={"name": "name", "description": "description", "email": "email", "type": "type", "ttl": number("ttl"),
          "projectId": "project_id", "poolId": "pool_id", "status": "status", "version": number("version"),
          "serial": number("serial"), "masters": items("masters"), "attributes": mapping("attributes"),
          "createdAt": moment("created_at"), "updatedAt": moment("updated_at"),
          "transferredAt": moment("transferred_at")},
    query=frozenset({"name", "description", "email", "status", "type"}),
    filters={"allProjects": _any},
    headers=_whose,
)  # fmt: skip
