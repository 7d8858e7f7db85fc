"""Where a run came from, as journal and ledger keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from orchestrator.model.provenance import Approval, Provenance

FIELD: Final = "provenance"


def kept(provenance: Provenance) -> dict[str, Any]:
    """The field of a record that holds it."""
    return {FIELD: asdict(provenance)}


def provenance_of(record: Mapping[str, Any]) -> Provenance:
    """Records of before it was kept have none: nothing is known. Raises TypeError, KeyError for what is no record."""
    data = record.get(FIELD)
    if data is None:
        return Provenance()
    approvals = tuple(Approval(person=one["person"], roles=tuple(one["roles"])) for one in data["approvals"])
    return Provenance(**{**data, "approvals": approvals})
