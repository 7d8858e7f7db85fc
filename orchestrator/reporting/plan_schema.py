"""The JSON Schema of a plan, for whoever reads plans without us: policy engines, forges, editors."""

from __future__ import annotations

from importlib.resources import files


def plan_schema() -> str:
    """The schema (draft 2020-12) as text, as it is published."""
    return (files("orchestrator.reporting") / "schema" / "plan.json").read_text(encoding="utf-8")
