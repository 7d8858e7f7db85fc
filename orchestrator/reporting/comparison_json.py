"""An apply that was refused because its plan is not the reviewed one, as JSON: for pipelines that show it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from orchestrator.model.plan_comparison import PlanComparison

SCHEMA_VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; new fields come without notice."""


def comparison_to_json(comparison: PlanComparison, refused: str) -> str:
    """`refused`: why, in a sentence; nothing was done. Of `differences`, `kind` empty is a fact of the step itself."""
    data: dict[str, Any] = {
        "schemaVersion": SCHEMA_VERSION,
        "refused": refused,
        "reviewedDigest": comparison.reviewed_digest,
        "nowDigest": comparison.now_digest,
        "alike": comparison.alike,
        "reordered": comparison.reordered,
        "steps": [asdict(step) for step in comparison.steps],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
