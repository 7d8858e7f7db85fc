"""What every Ledger must do: the one of files and the fake of tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fake_ledger import FakeLedger

from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.quota_record import QuotaRecord
from orchestrator.ports import Ledger

ENTRY = LedgerEntry(
    step="tenant/caen",
    digest="d1",
    applied_at="2026-03-02T09:00:00+00:00",
    resources=4,
    outputs={"networks": {"a": "1"}},
    quota=QuotaRecord(size="s", multiplier=1.5, overrides={"vcpus": 9}, values={"vcpus": 9}, changed_on="2026-02-01"),
)


@pytest.fixture(params=["files", "fake"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    makers: dict[str, Callable[[], Ledger]] = {"files": lambda: LedgerFiles(tmp_path / "ledger"), "fake": FakeLedger}
    return makers[request.param]()


def entry(step: str, digest: str = "d") -> LedgerEntry:
    return LedgerEntry(step=step, digest=digest, applied_at="", resources=0, outputs={})


def test_new_ledger_is_empty(ledger: Ledger) -> None:
    """Nothing was ever applied."""
    assert ledger.read() == {}


def test_entry_comes_back_as_it_was_recorded(ledger: Ledger) -> None:
    """Every field, nested outputs and the quota included."""
    ledger.record(ENTRY)
    assert ledger.read() == {"tenant/caen": ENTRY}


def test_second_record_of_a_step_replaces_the_first(ledger: Ledger) -> None:
    """One entry a step."""
    ledger.record(entry("region", "old"))
    ledger.record(entry("region", "new"))
    assert [one.digest for one in ledger.read().values()] == ["new"]


def test_forgotten_step_is_gone_and_the_others_stay(ledger: Ledger) -> None:
    """Forgetting what is not there is no error."""
    ledger.record(entry("region"))
    ledger.record(entry("tenant/caen"))
    ledger.forget("tenant/caen")
    ledger.forget("tenant/caen")
    assert set(ledger.read()) == {"region"}


def test_what_was_read_does_not_change_afterwards(ledger: Ledger) -> None:
    """Planning holds what it read."""
    before = ledger.read()
    ledger.record(entry("region"))
    assert before == {}


def test_steps_at_once_lose_no_entry(ledger: Ledger) -> None:
    """Tenants' steps record, read and forget side by side."""

    def live(number: int) -> int:
        ledger.record(entry(f"tenant/t{number}"))
        ledger.record(entry(f"tenant/gone{number}"))
        known = len(ledger.read())
        ledger.forget(f"tenant/gone{number}")
        return known

    with ThreadPoolExecutor(8) as pool:
        assert min(pool.map(live, range(60))) >= 2
    assert set(ledger.read()) == {f"tenant/t{number}" for number in range(60)}
