"""One record that is replaced whole: a JSON file of one version, and a lock for those who fold into it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import Field, asdict
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from orchestrator.adapters.records.private import private_directory, write_whole


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Kept = TypeVar("Kept", bound=Record)


class RecordFile(Generic[Kept]):
    """`path`: in the region's folder; beside it a lock, so that two who fold into it follow each other.

    `version`: of the record's form; one of another version is none. `decode`: of what `dataclasses.asdict` made of a
    record; may raise ValueError, KeyError, TypeError, AttributeError.
    """

    def __init__(self, path: Path, version: int, decode: Callable[[dict[str, Any]], Kept]) -> None:
        self._path = path
        self._version = version
        self._decode = decode

    def read(self) -> Kept | None:
        """None for what is not there, cannot be read, or is of another version: the next one is written anew."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if kept.pop("schemaVersion") != self._version:
                return None
            return self._decode(kept)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def update(self, change: Callable[[Kept | None], Kept]) -> None:
        folder = private_directory(self._path.parent)
        handle = os.open(folder / f".{self._path.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            data = {"schemaVersion": self._version, **asdict(change(self.read()))}
            write_whole(self._path, json.dumps(data, indent=1, sort_keys=True) + "\n")
        finally:
            os.close(handle)
