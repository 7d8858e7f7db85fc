"""A DNS zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.engine.cloud.resources.dns.designate import Designate

if TYPE_CHECKING:
    from orchestrator.engine.provider import Properties


class Zone(Designate):
    def address(self, id_: str) -> tuple[str, Properties]:
        """`zone:project` for a zone of another project than the credential's."""
        zone, _, project = id_.partition(":")
        return zone, {"projectId": project} if project else {}
