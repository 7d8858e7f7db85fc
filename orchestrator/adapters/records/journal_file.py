"""The journal: one JSON line an event, on disk before the world is touched; and the report of the last run."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestrator.adapters.records.journal_reading import outcome_of, unreported
from orchestrator.adapters.records.private import private_directory, write_whole
from orchestrator.adapters.records.provenance_record import kept, provenance_of
from orchestrator.errors import PermanentFailure
from orchestrator.model.outcome import Outcome, RunReport
from orchestrator.model.provenance import Provenance
from orchestrator.ports import Clock

KEPT_RUNS = 50


class JournalFile:
    """`folder`/<run>.jsonl for each run, `folder`/last-report.json for `mutualis report`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._path = folder / "none.jsonl"
        self._lock = threading.Lock()

    def begin(self, run: str, plan_digest: str, provenance: Provenance) -> None:
        private_directory(self._folder)
        self._path = self._folder / f"{run}.jsonl"
        self._prune()
        self._append({"event": "run-started", "run": run, "plan": plan_digest, "pid": os.getpid(), **kept(provenance)})

    def started(self, step: str) -> None:
        self._append({"event": "step-started", "step": step})

    def finished(self, outcome: Outcome) -> None:
        self._append({"event": "step-finished", **asdict(outcome)})

    def end(self, report: RunReport) -> None:
        self._append({"event": "run-finished", "failed": report.failed})
        write_whole(self._folder / "last-report.json", json.dumps(asdict(report), indent=1) + "\n")

    def last(self) -> RunReport | None:
        """The last run: its report, or what its journal tells when it ended (or goes on) without one."""
        reported = self._reported()
        newest = max(self._folder.glob("*.jsonl"), default=None)
        if newest is None or (reported and reported.run >= newest.stem):
            return reported
        return unreported(newest, self._folder.parent.name)

    def _reported(self) -> RunReport | None:
        path = self._folder / "last-report.json"
        if not path.exists():
            return None
        try:
            return _report(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError) as err:
            raise PermanentFailure(f"cannot read the report {path}", hint="the next apply writes another one") from err

    def _append(self, event: dict[str, Any]) -> None:
        line = json.dumps({"time": self._clock.now().isoformat(timespec="milliseconds"), **event}) + "\n"
        with self._lock:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
                os.fsync(handle)
            finally:
                os.close(handle)

    def _prune(self) -> None:
        for path in sorted(self._folder.glob("*.jsonl"))[:-KEPT_RUNS]:
            path.unlink(missing_ok=True)


def _report(data: dict[str, Any]) -> RunReport:
    outcomes = tuple(outcome_of(item) for item in data["outcomes"])
    return RunReport(**{**data, "outcomes": outcomes, "provenance": provenance_of(data)})
