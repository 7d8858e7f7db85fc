"""What every RunLock must do: the one of the kernel and the fake of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_clock import FakeClock
from fake_run_lock import FakeRunLock

from orchestrator.adapters.records.run_lock import FileRunLock
from orchestrator.errors import TemporaryFailure
from orchestrator.ports import RunLock


@pytest.fixture(params=["file", "fake"])
def lock(request: pytest.FixtureRequest, tmp_path: Path) -> RunLock:
    makers: dict[str, Callable[[], RunLock]] = {
        "file": lambda: FileRunLock(tmp_path / "region" / "lock", FakeClock()),
        "fake": FakeRunLock,
    }
    return makers[request.param]()


def test_second_apply_is_refused_while_the_first_one_runs(lock: RunLock) -> None:
    """It may be tried again: exit code 4."""
    with lock.hold(), pytest.raises(TemporaryFailure, match="busy since") as caught, lock.hold():
        pytest.fail("two hold the lock")
    assert (caught.value.exit_code, bool(caught.value.hint)) == (4, True)


def test_second_apply_may_wait(lock: RunLock) -> None:
    """It says for whom; in the end it is refused like one that does not wait."""
    told: list[str] = []
    with lock.hold(), pytest.raises(TemporaryFailure, match="busy since"), lock.hold(0.2, told.append):
        pytest.fail("two hold the lock")
    assert [line.partition(" since")[0] for line in told] == ["the region is busy"]


def test_lock_is_free_after_a_run(lock: RunLock) -> None:
    """However it ended."""
    with pytest.raises(ValueError, match="broken"), lock.hold():
        raise ValueError("broken")
    with lock.hold():
        held = True
    assert held
