"""A QoS specification on a volume type. Cinder changes it by GET."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.link import Link

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends


class QosAssociation(Link):
    ends = ("qosId", "volumeTypeId")

    def tie(self, action: Action, ends: Ends) -> None:
        _call(action, ends, "associate")

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        found = action.service().find(f"qos-specs/{ends['qosId']}/associations")
        entries = found["qos_associations"] if found else []
        return {} if any(entry["id"] == ends["volumeTypeId"] for entry in entries) else None

    def untie(self, action: Action, ends: Ends) -> None:
        if self.tied(action, ends) is not None:
            _call(action, ends, "disassociate")


def _call(action: Action, ends: Ends, verb: str) -> None:
    action.service().call("GET", f"qos-specs/{ends['qosId']}/{verb}", params={"vol_type_id": ends["volumeTypeId"]})
