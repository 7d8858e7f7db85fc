"""What every Journal must do: the one of files and the fake of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_clock import FakeClock
from fake_journal import FakeJournal

from orchestrator.adapters.records.journal_file import JournalFile
from orchestrator.model.outcome import Failure, Outcome, RunReport, Status
from orchestrator.model.provenance import Provenance
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
        run=run, region="loire", plan_digest="d", started_at="a", finished_at="b", outcomes=outcomes, untaken=3
    )


def test_there_is_nothing_before_the_first_run(journal: Journal) -> None:
    """Nothing was ever applied from here."""
    assert journal.last() is None


def test_a_run_that_died_is_told_by_what_it_had_begun(journal: Journal) -> None:
    """Whoever is called at night must not read the good report of the run before."""
    journal.begin("run-1", "d", Provenance())
    journal.end(report("run-1"))
    journal.begin("run-2", "d", Provenance())
    journal.started("region")
    journal.started("tenant/caen")
    journal.finished(FAILED)
    last = journal.last()
    assert last is not None
    assert (last.run, last.finished_at, last.failed) == ("run-2", "", True)
    assert {outcome.step: outcome.status for outcome in last.outcomes} == {
        "tenant/caen": Status.FAILED,
        "region": Status.WAITING,
    }


def test_report_comes_back_as_it_was(journal: Journal) -> None:
    """With its outcomes, their failures and what to do."""
    journal.begin("run-1", "d", Provenance())
    journal.finished(FAILED)
    journal.end(report("run-1", FAILED))
    assert journal.last() == report("run-1", FAILED)


def test_the_last_run_is_the_newest(journal: Journal) -> None:
    """Not an older one."""
    for run in ("run-1", "run-2"):
        journal.begin(run, "d", Provenance())
        journal.end(report(run))
    last = journal.last()
    assert last is not None
    assert last.run == "run-2"
