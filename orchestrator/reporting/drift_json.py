"""A drift report as JSON: the fields of `model.drift.DriftReport`, in camelCase; its shape is `schema/drift.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from orchestrator.model.drift import DriftReport, StackDrift
from orchestrator.reporting.drift_shown import shown_objects

SCHEMA_VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; new fields come without notice."""


def drift_to_json(report: DriftReport, *, theirs: bool) -> str:
    data = {
        "schemaVersion": SCHEMA_VERSION,
        "region": report.region,
        "complete": report.complete,
        "drift": report.drift,
        "startedAt": report.started_at,
        "seconds": round(report.seconds, 3),
        "lists": report.lists,
        "reads": report.reads,
        "stacks": [_stack(stack, theirs=theirs) for stack in report.stacks],
        "unapplied": list(report.unapplied),
        "unseen": [asdict(one) for one in report.unseen],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def drift_schema() -> str:
    """The schema (draft 2020-12) as text, as it is published."""
    return (files("orchestrator.reporting") / "schema" / "drift.json").read_text(encoding="utf-8")


def _stack(stack: StackDrift, *, theirs: bool) -> dict[str, Any]:
    return {
        "tenant": stack.tenant,
        "lookedAt": stack.looked_at,
        "complete": stack.complete,
        "objects": stack.objects,
        "ours": len(stack.ours),
        "theirs": len(stack.theirs),
        "drifted": [asdict(one) for one in shown_objects(stack, theirs=theirs)],
        "unseen": [asdict(one) for one in stack.unseen],
    }
