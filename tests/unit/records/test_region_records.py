"""What the exporter is told of a state folder, and what it is not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_region import specs, tenant

from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.records import Pending, Records
from orchestrator.model.specs import Specs
from orchestrator.settings import read_settings
from orchestrator.wiring.region_records import region_records

WRITTEN = specs(tenant("caen"))


def read(state: Path) -> Records | None:
    return region_records(read_settings({}, state=state, clouds=None, stacks_at_once=1))(WRITTEN)


def record(state: Path) -> Path:
    """The region's folder, with a ledger that knows one tenant."""
    folder = state / WRITTEN.region.name
    entry = LedgerEntry(step="tenant/caen", digest="x", applied_at="2026-03-01T00:00:00+00:00", resources=1, outputs={})
    LedgerFiles(folder / "ledger").record(entry)
    return folder


def test_a_folder_without_a_ledger_tells_nothing(tmp_path: Path) -> None:
    """Not that nothing was applied: it may have been from elsewhere."""
    assert read(tmp_path) is None
    assert read(tmp_path / "absent") is None


def test_ledger_and_pending_steps_are_told(tmp_path: Path) -> None:
    """One tenant whose inputs changed, and a region that is new; no run was reported."""
    record(tmp_path)
    found = read(tmp_path)
    assert found is not None
    assert set(found.ledger) == {"tenant/caen"}
    assert found.run is None
    assert {reason: number for reason, number in found.pending.items() if number} == {
        Pending.NEW: 1,
        Pending.CHANGED: 1,
    }


def test_a_report_that_cannot_be_read_leaves_the_rest(tmp_path: Path) -> None:
    """`mutualis report` says what is wrong with it."""
    journal = record(tmp_path) / "journal"
    journal.mkdir()
    (journal / "last-report.json").write_text("rubbish", encoding="utf-8")
    found = read(tmp_path)
    assert found is not None
    assert found.run is None
    assert found.ledger


def test_a_folder_that_may_not_be_read_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every step would look new; said by a stand-in, since tests may run as root."""
    record(tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert read(tmp_path) is None


def test_pending_steps_follow_ledger_and_specs(tmp_path: Path) -> None:
    """They are kept as long as both are the same, and not longer."""
    folder = record(tmp_path)
    source = region_records(read_settings({}, state=tmp_path, clouds=None, stacks_at_once=1))

    def counted(written: Specs) -> tuple[int, int]:
        found = source(written)
        assert found is not None
        return found.pending[Pending.NEW], found.pending[Pending.CHANGED]

    assert counted(WRITTEN) == counted(WRITTEN) == (1, 1)
    LedgerFiles(folder / "ledger").forget("tenant/caen")
    assert counted(WRITTEN) == (2, 0)
    assert counted(specs(tenant("caen"), tenant("vire"))) == (3, 0)
