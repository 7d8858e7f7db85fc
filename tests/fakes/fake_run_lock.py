"""The RunLock port inside one process: a second holder is refused as the real one refuses it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from orchestrator.errors import TemporaryFailure


class FakeRunLock:
    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, wait: float = 0.0, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            if waiting and wait:
                waiting("the region is busy since now by somebody")
            if not (wait and self._lock.acquire(timeout=wait)):
                raise TemporaryFailure("the region is busy since now by somebody", hint="wait")
        try:
            yield
        finally:
            self._lock.release()
