"""An apply that was refused because approvals are missing, as JSON; its shape is `schema/approvals.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.plan import Plan
from orchestrator.model.provenance import Provenance
from orchestrator.reporting.provenance import provenance_as_data

SCHEMA_VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; new fields come without notice."""


def unapproved_to_json(plan: Plan, missing: Sequence[NeededApproval], provenance: Provenance, refused: str) -> str:
    """`refused`: why, in a sentence; nothing was done. `missing` is what of the plan's approvals nobody has given."""
    data: dict[str, Any] = {
        "schemaVersion": SCHEMA_VERSION,
        "refused": refused,
        "region": plan.region,
        "planDigest": plan.digest,
        "needed": [asdict(one) for one in plan.approvals],
        "missing": [asdict(one) for one in missing],
        "provenance": provenance_as_data(provenance),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def approvals_schema() -> str:
    """The schema (draft 2020-12) as text, as it is published."""
    return (files("orchestrator.reporting") / "schema" / "approvals.json").read_text(encoding="utf-8")
