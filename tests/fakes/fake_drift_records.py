"""The DriftRecords port in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

from orchestrator.model.drift import DriftRecord


class FakeDriftRecords:
    def __init__(self) -> None:
        self.kept: DriftRecord | None = None
        self._lock = threading.Lock()

    def read(self) -> DriftRecord | None:
        return self.kept

    def update(self, change: Callable[[DriftRecord | None], DriftRecord]) -> None:
        with self._lock:
            self.kept = change(self.kept)
