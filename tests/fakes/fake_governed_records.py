"""The GovernedRecords port in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

from orchestrator.model.approvals import Governed


class FakeGovernedRecords:
    def __init__(self) -> None:
        self.kept: Governed | None = None
        self._lock = threading.Lock()

    def read(self) -> Governed | None:
        return self.kept

    def update(self, change: Callable[[Governed | None], Governed]) -> None:
        with self._lock:
            self.kept = change(self.kept)
