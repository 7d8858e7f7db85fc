"""The records of one name and type in a zone; its id is `zone/recordset`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.resources.dns.designate import Designate
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_PARTS: Final = 2


class RecordSet(Designate):
    marks = ()  # a zone holds one record set of a name and type

    def identifier(self, body: dict[str, Any]) -> str:
        return f"{body['zone_id']}/{body['id']}"

    def place(self, action: Action, id_: str) -> str:  # noqa: ARG002 (the base class's)
        parts = id_.split("/")
        if len(parts) != _PARTS or not all(parts):
            raise ProviderError(f"the id {id_!r} of a record set must be zone/recordset")
        return f"zones/{parts[0]}/recordsets/{parts[1]}"

    def address(self, id_: str) -> tuple[str, Properties]:
        """`project/zone/recordset` for a zone of another project than the credential's."""
        project, _, own = id_.partition("/") if id_.count("/") == _PARTS else ("", "", id_)
        return own, {"projectId": project} if project else {}
