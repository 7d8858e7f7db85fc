"""The record of the last drift pass: one small JSON file, replaced whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.records.record_file import RecordFile
from orchestrator.model.drift import DriftRecord, StackRecord

VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; a record of another version is none."""


class DriftFile(RecordFile[DriftRecord]):
    """`path`: `drift.json` in the region's folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, VERSION, _record)


def _record(kept: dict[str, Any]) -> DriftRecord:
    stacks = {tenant: StackRecord(**one) for tenant, one in kept.pop("stacks").items()}
    return DriftRecord(**{**kept, "known": tuple(kept["known"]), "stacks": stacks})
