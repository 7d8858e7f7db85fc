"""The specs of a folder, read again only when they may be others: a file has changed.

Reading a thousand tenants takes a processor second; looking at the files, some milliseconds. They are not judged: a
waiver that ends tonight, or a promise that is broken, is what the figures are looked at for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Final

from orchestrator.errors import SpecError
from orchestrator.model.specs import Specs
from orchestrator.wiring.specs import written

SETTLED_NS: Final = 2_000_000_000
"""A file that changed less than this before it was looked at may change again without another time stamp."""

File = tuple[str, int, int, int, int]
Stamp = tuple[File, ...]


class KeptSpecs:
    """`rules`: a folder of the operator's own rules. `first`: read a moment ago, for who asks first.

    Safe from many threads.
    """

    def __init__(self, folder: Path, rules: Path | None = None, *, first: Specs | None = None) -> None:
        self._folder = folder
        self._rules = rules
        self._first = first
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._specs: Specs | None = None

    def current(self) -> Specs:
        """Raises SpecError for what is wrong in form or reference, UsageError without a folder; at each call anew."""
        with self._lock:
            first, self._first = self._first, None
            if first is not None:
                return first
            began = time.time_ns()
            taken = tuple(self._files())
            if self._specs is None or self._stamp != taken:
                self._specs, self._stamp = None, None
                self._specs = self._read()
                self._stamp = taken if _settled(taken, began) else None
            return self._specs

    def _read(self) -> Specs:
        loaded = written(self._folder, self._rules)
        if loaded.specs is None:
            first = next(finding for finding in loaded.findings if finding.refuses)
            raise SpecError(f"{first.position}: {first.message}", hint="`mutualis validate` shows all that is wrong")
        return loaded.specs

    def _files(self) -> Iterator[File]:
        """Every file below both folders, whether it is a spec or not: some are named by specs."""
        for top in (self._folder, self._rules):
            if top:
                yield from sorted(_below(str(top)))


def _below(top: str) -> Iterator[File]:
    waiting = [top]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    yield _file(entry)
        except OSError:
            continue  # reading says what is wrong with it


def _file(entry: os.DirEntry[str]) -> File:
    try:
        found = entry.stat()
    except OSError:
        return (entry.path, 0, 0, 0, 0)
    return (entry.path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _settled(stamp: Stamp, now: int) -> bool:
    return all(max(file[3:]) < now - SETTLED_NS for file in stamp)
