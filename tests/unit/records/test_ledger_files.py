"""The ledger on disk: private, replaced whole, clear about what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.model.plan import LedgerEntry

REGION = LedgerEntry(step="region", digest="d1", applied_at="", resources=1, outputs={})
CAEN = LedgerEntry(step="tenant/caen", digest="d1", applied_at="", resources=1, outputs={})


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """The worst case: a process that lets everybody read."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_entries_and_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    """Whatever the umask: files 0600, every folder that was made 0700."""
    folder = tmp_path / "state" / "loire" / "ledger"
    LedgerFiles(folder).record(CAEN)
    assert mode(folder / "tenant.caen.json") == 0o600
    assert {mode(path) for path in (folder, folder.parent, folder.parent.parent)} == {0o700}


def test_entry_is_replaced_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash before the new text is whole leaves the old one, and nothing half-written beside it."""
    ledger = LedgerFiles(tmp_path)
    ledger.record(REGION)

    def no_sync(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_sync)
    with pytest.raises(OSError, match="No space left"):
        ledger.record(LedgerEntry(step="region", digest="d2", applied_at="", resources=2, outputs={}))
    assert ledger.read() == {"region": REGION}
    assert [path.name for path in tmp_path.iterdir()] == ["region.json"]


WHOLE = '"step": "tenant/caen", "digest": "d1", "applied_at": "", "resources": 1, "outputs": {}'
QUOTA = '"size": "s", "multiplier": 1.0, "overrides": {}, "values": {}'


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", '"text"', '{"step": "region"}', '{"unknown": 1}', "\x00"),
        f'{{{WHOLE}, "quota": {{"size": "s"}}}}',
        f'{{{WHOLE}, "quota": {{{QUOTA}, "changed_on": "yesterday"}}}}',
    ],
)
def test_entry_that_cannot_be_read_is_its_own_steps_problem(tmp_path: Path, text: str) -> None:
    """It vouches for nothing and says which file it is; the others are read, and recording the step mends it."""
    ledger = LedgerFiles(tmp_path)
    ledger.record(REGION)
    (tmp_path / "tenant.caen.json").write_text(text, encoding="utf-8")
    found = ledger.read()
    assert found["region"] == REGION
    assert (found["tenant/caen"].digest, found["tenant/caen"].step) == ("", "tenant/caen")
    assert "tenant.caen.json cannot be read" in found["tenant/caen"].problem
    ledger.record(CAEN)
    assert ledger.read() == {"region": REGION, "tenant/caen": CAEN}


def test_leftovers_of_a_killed_writer_are_not_entries(tmp_path: Path) -> None:
    """A temporary file that nobody finished is passed over."""
    ledger = LedgerFiles(tmp_path)
    ledger.record(REGION)
    (tmp_path / ".tenant.caen.json.x1y2").write_text("{", encoding="utf-8")
    assert ledger.read() == {"region": REGION}


def test_entry_that_goes_while_the_folder_is_read_is_absent(tmp_path: Path) -> None:
    """Another tenant's step may forget its entry between listing and reading: here, a name without a file."""
    ledger = LedgerFiles(tmp_path)
    ledger.record(REGION)
    (tmp_path / "tenant.caen.json").symlink_to(tmp_path / "gone")
    assert ledger.read() == {"region": REGION}


def test_entry_of_before_quotas_were_kept_is_read_with_an_unknown_quota(tmp_path: Path) -> None:
    """A ledger outlives the program that wrote it."""
    ledger = LedgerFiles(tmp_path)
    ledger.record(CAEN)
    file = tmp_path / "tenant.caen.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"quota": null,', ""), encoding="utf-8")
    assert "quota" not in file.read_text(encoding="utf-8")
    assert ledger.read() == {"tenant/caen": CAEN}
