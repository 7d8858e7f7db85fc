"""The journal on disk: each event is there when the call returns."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fake_clock import FakeClock

from orchestrator.adapters.records.journal_file import KEPT_RUNS, JournalFile
from orchestrator.errors import PermanentFailure
from orchestrator.model.outcome import Outcome, RunReport, Status
from orchestrator.model.provenance import Provenance


def events(folder: Path, run: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{run}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_started_is_on_disk_when_the_call_returns(tmp_path: Path) -> None:
    """Whoever reads the file after a sudden death sees what was under way, when, and by which process."""
    clock = FakeClock()
    journal = JournalFile(tmp_path, clock)
    journal.begin("run-1", "digest", Provenance())
    clock.forward(seconds=2)
    journal.started("tenant/caen")
    first, second = events(tmp_path, "run-1")
    assert (first["event"], first["plan"], first["pid"]) == ("run-started", "digest", os.getpid())
    assert (second["event"], second["step"], second["time"]) == (
        "step-started",
        "tenant/caen",
        "2026-03-02T09:00:02.000+00:00",
    )


def test_every_event_is_forced_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut right after the call must not lose it."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    journal = JournalFile(tmp_path, FakeClock())
    journal.begin("run-1", "digest", Provenance())
    journal.started("region")
    assert len(synced) == 2


def test_journal_is_for_its_owner_only(tmp_path: Path) -> None:
    """It names members and their objects."""
    folder = tmp_path / "journal"
    journal = JournalFile(folder, FakeClock())
    journal.begin("run-1", "digest", Provenance())
    journal.end(
        RunReport(run="run-1", region="r", plan_digest="", started_at="", finished_at="", outcomes=(), untaken=0)
    )
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_lines_of_steps_at_once_do_not_mix(tmp_path: Path) -> None:
    """Each line is one whole event."""
    journal = JournalFile(tmp_path, FakeClock())
    journal.begin("run-1", "digest", Provenance())

    def step(number: int) -> None:
        journal.started(f"tenant/t{number}")
        journal.finished(Outcome(step=f"tenant/t{number}", status=Status.DONE, seconds=0.0, note="x" * 500))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(step, range(40)))
    assert len(events(tmp_path, "run-1")) == 1 + 2 * 40


def test_old_runs_go(tmp_path: Path) -> None:
    """The folder does not grow for ever; the newest stay."""
    for number in range(KEPT_RUNS + 5):
        JournalFile(tmp_path, FakeClock()).begin(f"run-{number:03}", "digest", Provenance())
    kept = sorted(path.stem for path in tmp_path.glob("*.jsonl"))
    assert len(kept) <= KEPT_RUNS + 1
    assert kept[-1] == f"run-{KEPT_RUNS + 4:03}"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_report_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    """It is only a report: the next apply writes another."""
    (tmp_path / "last-report.json").write_text(text, encoding="utf-8")
    with pytest.raises(PermanentFailure, match=r"last-report\.json") as caught:
        JournalFile(tmp_path, FakeClock()).last()
    assert "next apply" in caught.value.hint


def test_a_line_that_was_cut_off_does_not_hide_the_run(tmp_path: Path) -> None:
    """A power cut in the middle of a write costs that line and no more."""
    journal = JournalFile(tmp_path, FakeClock())
    journal.begin("run-1", "digest", Provenance())
    journal.started("tenant/caen")
    with (tmp_path / "run-1.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"time": "2026-03-02T09')
    last = journal.last()
    assert last is not None
    assert [outcome.status for outcome in last.outcomes] == [Status.WAITING]
