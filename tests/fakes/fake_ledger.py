"""The Ledger port in memory. `history` keeps every entry ever recorded, oldest first."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from orchestrator.model.plan import LedgerEntry


class FakeLedger:
    def __init__(self, *entries: LedgerEntry) -> None:
        self._entries = {entry.step: entry for entry in entries}
        self._lock = threading.Lock()
        self.history: list[LedgerEntry] = []

    def read(self) -> Mapping[str, LedgerEntry]:
        with self._lock:
            return dict(self._entries)

    def record(self, entry: LedgerEntry) -> None:
        with self._lock:
            self._entries[entry.step] = entry
            self.history.append(entry)

    def forget(self, step: str) -> None:
        with self._lock:
            self._entries.pop(step, None)
