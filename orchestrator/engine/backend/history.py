"""What operations a stack has seen: Pulumi's pair of files for each, and a copy of the state, both pruned."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from orchestrator.engine.backend import files
from orchestrator.engine.backend.layout import Layout
from orchestrator.engine.state import clock

KEPT: Final = 20  # entries; each is a copy of the whole state


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One operation. Times in seconds since 1970; `config`: key -> {value, secret}, secrets sealed."""

    kind: str
    start: float
    end: float
    message: str
    succeeded: bool
    changes: Mapping[str, int]
    config: Mapping[str, Any] = field(default_factory=dict)


def add(layout: Layout, record: Record, checkpoint: bytes) -> None:
    """Write an operation down together with the state after it."""
    entry = {
        "kind": record.kind,
        "startTime": int(record.start),
        "message": record.message,
        "environment": {},
        "config": dict(record.config),
        "result": "succeeded" if record.succeeded else "failed",
        "endTime": int(record.end),
        "resourceChanges": dict(record.changes),
    }
    stem = f"{layout.stack}-{time.time_ns()}"
    files.write(layout.history / f"{stem}.checkpoint.json", checkpoint)
    files.write(layout.history / f"{stem}.history.json", json.dumps(entry, separators=(",", ":")).encode())
    _prune(layout.history.glob(f"{layout.stack}-*.history.json"), KEPT)
    _prune(layout.history.glob(f"{layout.stack}-*.checkpoint.json"), KEPT)


def back_up(layout: Layout, checkpoint: bytes) -> None:
    """Keep a copy of the state as Pulumi does."""
    files.write(layout.backups / f"{layout.stack}.{time.time_ns()}.json", checkpoint)
    _prune(layout.backups.glob(f"{layout.stack}.*.json"), KEPT)


def entries(layout: Layout) -> list[dict[str, Any]]:
    """All operations in the form that `stack history --json` prints, newest first."""
    paths = sorted(layout.history.glob(f"{layout.stack}-*.history.json"), key=_number, reverse=True)
    return [_printed(json.loads(path.read_bytes())) for path in paths]


def _printed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": 0,  # as the command line prints it for a file backend
        **entry,
        "startTime": clock.with_milliseconds(entry["startTime"]),
        "endTime": clock.with_milliseconds(entry["endTime"]),
        "config": entry.get("config") or {},
        "environment": entry.get("environment") or {},
        "resourceChanges": entry.get("resourceChanges") or {},
    }


def _number(path: Path) -> int:
    digits = path.name.removesuffix(".json").removesuffix(".history").removesuffix(".checkpoint")
    number = digits.replace(".", "-").rsplit("-", 1)[-1]
    return int(number) if number.isdigit() else 0


def _prune(paths: Any, kept: int) -> None:
    for path in sorted(paths, key=_number, reverse=True)[kept:]:
        path.unlink(missing_ok=True)
