"""The Journal port in memory: `events` are (word, step or run) in the order in which they were written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from orchestrator.model.outcome import Outcome, RunReport, Status
from orchestrator.model.provenance import Provenance


class FakeJournal:
    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.before: Callable[[], None] | None = None  # called ahead of each line; may raise
        self._last: RunReport | None = None
        self._lock = threading.Lock()

    def begin(self, run: str, plan_digest: str, provenance: Provenance) -> None:
        self._write("begin", run)
        self._last = RunReport(
            run=run,
            region="loire",
            plan_digest=plan_digest,
            started_at="",
            finished_at="",
            outcomes=(),
            untaken=0,
            provenance=provenance,
        )

    def started(self, step: str) -> None:
        self._write("started", step)
        self._add(Outcome(step=step, status=Status.WAITING, seconds=0.0))

    def finished(self, outcome: Outcome) -> None:
        self._write("finished", outcome.step)
        self._add(outcome)

    def end(self, report: RunReport) -> None:
        self._write("end", report.run)
        self._last = report

    def last(self) -> RunReport | None:
        return self._last

    def _add(self, outcome: Outcome) -> None:
        with self._lock:
            if self._last is not None:
                others = (one for one in self._last.outcomes if one.step != outcome.step)
                self._last = replace(self._last, outcomes=(*others, outcome))

    def _write(self, word: str, name: str) -> None:
        if self.before is not None:
            self.before()
        with self._lock:
            self.events.append((word, name))
