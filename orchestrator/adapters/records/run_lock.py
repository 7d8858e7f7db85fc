"""One apply a region at a time, by a lock that the kernel releases when its owner dies."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from orchestrator.adapters.records.kernel_lock import is_taken
from orchestrator.adapters.records.private import private_directory
from orchestrator.adapters.records.runner import runner
from orchestrator.errors import TemporaryFailure
from orchestrator.ports import Clock

PAUSE: Final = 1.0
"""Seconds between two looks at a lock that is waited for: an apply takes seconds to hours."""

UNSIGNED: Final = "by another apply that has just begun"


class FileRunLock:
    """`pipeline`: URL of the one that asks for it, for whoever finds the region busy."""

    def __init__(self, path: Path, clock: Clock, pipeline: str = "") -> None:
        self._path = path
        self._clock = clock
        self._pipeline = pipeline

    @contextmanager
    def hold(self, wait: float = 0.0, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
        """As the port says. What its last owner wrote goes with the lock."""
        private_directory(self._path.parent)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(handle, wait, waiting)
            self._sign(handle)
            try:
                yield
            finally:
                os.ftruncate(handle, 0)
        finally:
            os.close(handle)

    def _take(self, handle: int, wait: float, waiting: Callable[[str], None] | None) -> None:
        limit, told = time.monotonic() + wait, ""
        while not is_taken(handle):
            owner = _owner(handle)
            left = limit - time.monotonic()
            if left <= 0:
                still = f" still, after {wait:.0f} s of waiting," if wait else ""
                hint = "wait for it to end, then run the same command again"
                raise TemporaryFailure(f"the region is{still} busy {owner}", hint=hint)
            if waiting and owner not in (told, UNSIGNED):
                waiting(f"the region is busy {owner}; waiting for {left:.0f} s at most")
                told = owner
            time.sleep(min(PAUSE, left))  # noqa: TID251 the kernel tells nobody with a limit that a lock is free

    def _sign(self, handle: int) -> None:
        since = self._clock.now().isoformat(timespec="seconds")
        owner = {"runner": runner(), "pid": os.getpid(), "since": since, "pipeline": self._pipeline}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(owner).encode(), 0)


def _owner(handle: int) -> str:
    """`since when by whom`; a process that was killed left its name behind until the next one signs."""
    try:
        owner = json.loads(os.pread(handle, 4096, 0))
        where = f", pipeline {owner['pipeline']}" if owner["pipeline"] else ""
        return f"since {owner['since']} by {owner['runner']}, process {owner['pid']}{where}"
    except (ValueError, KeyError, TypeError):
        return UNSIGNED
