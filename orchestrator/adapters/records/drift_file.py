"""The record of the last drift pass: one small JSON file, replaced whole."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from orchestrator.adapters.records.private import private_directory, write_whole
from orchestrator.model.drift import DriftRecord, StackRecord

VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; a record of another version is none."""


class DriftFile:
    """`path`: `drift.json` in the region's folder; beside it a lock, so that two who fold into it follow each other."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> DriftRecord | None:
        """None for what is not there, cannot be read, or is of another version: the next pass writes another one."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if kept.pop("schemaVersion") != VERSION:
                return None
            stacks = {tenant: StackRecord(**one) for tenant, one in kept.pop("stacks").items()}
            return DriftRecord(**{**kept, "known": tuple(kept["known"]), "stacks": stacks})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def update(self, change: Callable[[DriftRecord | None], DriftRecord]) -> None:
        folder = private_directory(self._path.parent)
        handle = os.open(folder / f".{self._path.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            data = {"schemaVersion": VERSION, **asdict(change(self.read()))}
            write_whole(self._path, json.dumps(data, indent=1, sort_keys=True) + "\n")
        finally:
            os.close(handle)
