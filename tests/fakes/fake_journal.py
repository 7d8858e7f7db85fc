"""The Journal port in memory: `events` are (word, step or run) in the order in which they were written."""

from __future__ import annotations

import threading

from orchestrator.model.outcome import Outcome, RunReport


class FakeJournal:
    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self._reports: list[RunReport] = []
        self._lock = threading.Lock()

    def begin(self, run: str, plan_digest: str) -> None:
        self._write("begin", run)

    def started(self, step: str) -> None:
        self._write("started", step)

    def finished(self, outcome: Outcome) -> None:
        self._write("finished", outcome.step)

    def end(self, report: RunReport) -> None:
        self._write("end", report.run)
        self._reports.append(report)

    def last(self) -> RunReport | None:
        return self._reports[-1] if self._reports else None

    def _write(self, word: str, name: str) -> None:
        with self._lock:
            self.events.append((word, name))
