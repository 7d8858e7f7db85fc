"""The availability zones of a service that are in use, or those that are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.reading import id_of_many
from orchestrator.engine.cloud.lookups.search import REGION
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked

STATES: Final = {"available": True, "unavailable": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Nova and Cinder tell theirs alike."""

    service: str
    arguments: frozenset[str] = frozenset({"state", REGION})
    required: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset({"names", "id", REGION})

    def __call__(self, asked: Asked) -> dict[str, Any]:
        state = asked.given.get("state", "available")
        if state not in STATES:
            raise ProviderError(f"state must be {' or '.join(STATES)}, not {state!r}")
        zones = asked.service(self.service).get("os-availability-zone")["availabilityZoneInfo"]
        names = sorted(zone["zoneName"] for zone in zones if zone["zoneState"]["available"] is STATES[state])
        id_ = id_of_many((f"{name}-" for name in names), "")
        return {"state": state, "names": names, "id": id_, REGION: asked.region}
