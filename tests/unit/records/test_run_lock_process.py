"""The region's lock between real processes."""

from __future__ import annotations

import getpass
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_clock import FakeClock

from orchestrator.adapters.records.run_lock import FileRunLock
from orchestrator.errors import TemporaryFailure

HOLDER = """
import sys
from pathlib import Path
from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.records.run_lock import FileRunLock

with FileRunLock(Path(sys.argv[1]), SystemClock()).hold():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_busy_lock_says_by_whom(path: Path, holder: subprocess.Popen[str]) -> None:
    """User, host and process, so that somebody can be asked."""
    with pytest.raises(TemporaryFailure, match=f"by {getpass.getuser()}@.*, process {holder.pid}"):
        FileRunLock(path, FakeClock()).hold().__enter__()


def test_lock_is_free_after_its_holder_was_killed(path: Path, holder: subprocess.Popen[str]) -> None:
    """`kill -9` leaves a file and no lock: nobody has to clean up."""
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with FileRunLock(path, FakeClock()).hold():
        assert f'"pid": {os.getpid()}' in path.read_text(encoding="utf-8")
