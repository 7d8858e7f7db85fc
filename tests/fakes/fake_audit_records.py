"""The AuditRecords port in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

from orchestrator.model.audit import AuditReport


class FakeAuditRecords:
    def __init__(self) -> None:
        self.kept: AuditReport | None = None
        self._lock = threading.Lock()

    def read(self) -> AuditReport | None:
        return self.kept

    def update(self, change: Callable[[AuditReport | None], AuditReport]) -> None:
        with self._lock:
            self.kept = change(self.kept)
