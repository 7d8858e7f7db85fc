"""The record of what approvals watched over at the last apply: one small JSON file, replaced whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.records.record_file import RecordFile
from orchestrator.model.approvals import Governed
from orchestrator.model.region import ApprovalRule, ChangeKind

VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; a record of another version is none."""


class GovernedFile(RecordFile[Governed]):
    """`path`: `governed.json` in the region's folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, VERSION, _governed)


def _governed(kept: Mapping[str, Any]) -> Governed:
    rules = tuple(
        ApprovalRule(change=ChangeKind(one["change"]), roles=tuple(one["roles"])) for one in kept["approvals"]
    )
    return Governed(**{**kept, "approvals": rules})
