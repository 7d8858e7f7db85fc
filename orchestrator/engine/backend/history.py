"""What operations a stack has seen: Pulumi's pair of objects for each, and a copy of the state, both pruned.

Entries stay plain, so that they can be read by eye; the copies of the state are packed. Pulumi's command line reads
either, because it looks at the first bytes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.engine.backend import compression
from orchestrator.engine.backend.bucket import Bucket
from orchestrator.engine.backend.layout import Layout
from orchestrator.engine.errors import EngineError, StateError
from orchestrator.engine.state import clock

KEPT: Final = 20  # operations; each has a copy of the whole state
VARIABLE: Final = "MUTUALIS_STATE_HISTORY"
_ENTRIES: Final = (".history.json", ".history.json.gz", ".history.json.zst")
_COPIES: Final = (".checkpoint.json", ".checkpoint.json.gz", ".checkpoint.json.zst")


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


def kept(environment: Mapping[str, str]) -> int:
    """How many operations a stack keeps. At least one: the Automation API asks for the last."""
    given = environment.get(VARIABLE, "")
    if not given:
        return KEPT
    if not given.isdecimal() or int(given) < 1:
        raise EngineError(f"error: {VARIABLE} is {given!r}: a whole number from 1 expected")
    return int(given)


def add(bucket: Bucket, layout: Layout, record: Record, checkpoint: bytes, number: int) -> None:
    """Write an operation down together with the state after it, and keep the last `number` of them."""
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
    stem = f"{layout.history}/{layout.stack}-{time.time_ns()}"
    packed = compression.pack(checkpoint, compression.GZIP)
    bucket.write(f"{stem}.checkpoint.json{compression.GZIP}", packed)
    bucket.write(f"{stem}.history.json", json.dumps(entry, separators=(",", ":")).encode())
    keys = bucket.keys(layout.history)
    _prune(bucket, (key for key in keys if key.endswith(_ENTRIES)), number)
    _prune(bucket, (key for key in keys if key.endswith(_COPIES)), number)


def back_up(bucket: Bucket, layout: Layout, checkpoint: bytes, number: int) -> None:
    """Keep a copy of the state as Pulumi does."""
    packed = compression.pack(checkpoint, compression.GZIP)
    bucket.write(f"{layout.backups}/{layout.stack}.{time.time_ns()}.json{compression.GZIP}", packed)
    _prune(bucket, (key for key in bucket.keys(layout.backups) if _number(key)), number)


def entries(bucket: Bucket, layout: Layout) -> list[dict[str, Any]]:
    """All operations in the form that `stack history --json` prints, newest first."""
    keys = sorted((key for key in bucket.keys(layout.history) if key.endswith(_ENTRIES)), key=_number, reverse=True)
    found = ((key, bucket.read(key)) for key in keys)
    return [_printed(bucket.where(key), data) for key, data in found if data is not None]


def _printed(where: str, data: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(compression.unpack(data, where))
        return {
            "version": 0,  # as the command line prints it for a file backend
            **entry,
            "startTime": clock.with_milliseconds(entry["startTime"]),
            "endTime": clock.with_milliseconds(entry["endTime"]),
            "config": entry.get("config") or {},
            "environment": entry.get("environment") or {},
            "resourceChanges": entry.get("resourceChanges") or {},
        }
    except (ValueError, KeyError, TypeError) as error:
        raise StateError(
            f"error: {where} is no entry of a history: {error!r}; remove it, nothing depends on it"
        ) from error


def _number(key: str) -> int:
    """The moment in a name, in nanoseconds; 0 where there is none."""
    name = key.rsplit("/", 1)[1]
    for ending in (".gz", ".zst", ".json", ".history", ".checkpoint"):
        name = name.removesuffix(ending)
    number = name.replace(".", "-").rsplit("-", 1)[-1]
    return int(number) if number.isdecimal() else 0


def _prune(bucket: Bucket, keys: Iterable[str], number: int) -> None:
    for key in sorted(keys, key=_number, reverse=True)[number:]:
        bucket.delete(key)
