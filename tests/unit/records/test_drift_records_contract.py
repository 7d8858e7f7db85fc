"""What every DriftRecords must do: the one of a file and the fake of tests."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fake_drift_records import FakeDriftRecords

from orchestrator.adapters.records.drift_file import DriftFile
from orchestrator.model.drift import DriftRecord, StackRecord
from orchestrator.ports import DriftRecords

ONE = StackRecord(looked_at="2026-03-02T09:00:00+00:00", objects=9, ours=2, theirs=1)
RECORD = DriftRecord(
    started_at="2026-03-02T09:00:00+00:00", seconds=1.5, complete=True, known=("", "caen"), stacks={"caen": ONE}
)


@pytest.fixture(params=["file", "fake"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> DriftRecords:
    makers: dict[str, Callable[[], DriftRecords]] = {
        "file": lambda: DriftFile(tmp_path / "loire" / "drift.json"),
        "fake": FakeDriftRecords,
    }
    return makers[request.param]()


def test_there_is_none_before_the_first_pass(records: DriftRecords) -> None:
    """Whoever updates it is told so."""
    seen: list[DriftRecord | None] = []
    assert records.read() is None
    records.update(lambda before: seen.append(before) or RECORD)
    assert seen == [None]


def test_what_was_recorded_is_read(records: DriftRecords) -> None:
    """All of it."""
    records.update(lambda _: RECORD)
    assert records.read() == RECORD


def test_two_at_once_follow_each_other(records: DriftRecords) -> None:
    """Each adds to what the one before left: nothing is lost."""
    records.update(lambda _: replace(RECORD, seconds=0.0))

    def add(before: DriftRecord | None) -> DriftRecord:
        assert before is not None
        return replace(before, seconds=before.seconds + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: records.update(add), range(20)))
    found = records.read()
    assert found is not None
    assert found.seconds == 20


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """0600 in a folder 0700."""
    path = tmp_path / "loire" / "drift.json"
    DriftFile(path).update(lambda _: RECORD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schemaVersion": 99}', '{"schemaVersion": 1, "stacks": {"a": 1}}'])
def test_a_file_of_no_use_is_none(tmp_path: Path, text: str) -> None:
    """Broken, or of another version: the next pass writes another one."""
    path = tmp_path / "drift.json"
    path.write_text(text, encoding="utf-8")
    assert DriftFile(path).read() is None
