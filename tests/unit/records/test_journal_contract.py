"""What every Journal must do: the one of files and the fake of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_clock import FakeClock
from fake_journal import FakeJournal

from orchestrator.adapters.records.journal_file import JournalFile
from orchestrator.model.outcome import Failure, Outcome, RunReport, Status
from orchestrator.ports import Journal

FAILED = Outcome(
    step="tenant/caen",
    status=Status.FAILED,
    seconds=1.5,
    counts={"create": 2},
    failures=(Failure(resource="network lan", cause="quota exceeded", hint="raise it", temporary=True),),
    note="",
)


@pytest.fixture(params=["file", "fake"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Journal:
    makers: dict[str, Callable[[], Journal]] = {
        "file": lambda: JournalFile(tmp_path / "journal", FakeClock()),
        "fake": FakeJournal,
    }
    return makers[request.param]()


def report(run: str, *outcomes: Outcome) -> RunReport:
    return RunReport(
        run=run, region="loire", plan_digest="d", started_at="", finished_at="", outcomes=outcomes, untaken=3
    )


def test_there_is_no_report_before_a_run_ended(journal: Journal) -> None:
    """A run that began and died has none."""
    journal.begin("run-1", "d")
    journal.started("region")
    assert journal.last() is None


def test_report_comes_back_as_it_was(journal: Journal) -> None:
    """With its outcomes, their failures and what to do."""
    journal.begin("run-1", "d")
    journal.finished(FAILED)
    journal.end(report("run-1", FAILED))
    assert journal.last() == report("run-1", FAILED)


def test_last_report_is_the_one_of_the_last_run_that_ended(journal: Journal) -> None:
    """Neither an older one nor the one that is under way."""
    for run in ("run-1", "run-2"):
        journal.begin(run, "d")
        journal.end(report(run))
    journal.begin("run-3", "d")
    last = journal.last()
    assert last is not None
    assert last.run == "run-2"
