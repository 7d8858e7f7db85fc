"""The Waiver spec to the model."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.specs import Waiver
from orchestrator.spec.decode.values import Raw, day


def waiver(name: str, spec: Raw) -> Waiver:
    """Decode a Waiver."""
    return Waiver(
        name=name,
        rule=spec["rule"],
        object_kind=spec["object"]["kind"],
        object_name=spec["object"]["name"],
        reason=spec["reason"],
        approved_by=spec["approvedBy"],
        expires=dt.date.fromisoformat(spec["expires"]),
        granted=day(spec.get("granted")),
    )
