"""What zones and records have in common: the project to act in, and a status that may be left unwatched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.situated import Situated, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.handler import Action

_PLACE: Final = frozenset({"projectId", "zoneId"})  # told in the path and the headers, never in the body


class Designate(Situated):
    def at(self, action: Action, known: Mapping[str, Any]) -> Action:
        unwatched: dict[str, Any] = {"ready": (), "lingers": False} if known.get("disableStatusCheck") else {}
        path = action.type.api.path.format_map({"zoneId": known.get("zoneId", "")})
        return replace(
            placed(action, path, **unwatched),
            headers=speaking_for(action.connection, known.get("projectId")) or action.headers,
        )

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return super().encoded(action, {name: value for name, value in inputs.items() if name not in _PLACE})

    def fault(self, action: Action, body: dict[str, Any]) -> str:  # noqa: ARG002 (the base class's)
        step = f" on {body['action']}" if body.get("action") not in {None, "NONE"} else ""
        return f"{step}: Designate gives no reason, its worker's log has it"


def speaking_for(connection: Connection, project: str | None) -> dict[str, str]:
    """Headers by which one who may acts in another project than the token's; the first name is of old services."""
    if not project or project == connection.project_id:
        return {}
    return {"X-Auth-Sudo-Tenant-ID": project, "X-Auth-Sudo-Project-ID": project}
