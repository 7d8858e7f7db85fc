"""The RunLock port inside one process: a second holder is refused as the real one refuses it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.errors import TemporaryFailure


class FakeRunLock:
    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def hold(self) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            raise TemporaryFailure("the region is busy since now by somebody", hint="wait")
        try:
            yield
        finally:
            self._lock.release()
