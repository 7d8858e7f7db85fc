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

wait = float(sys.argv[2])
say = lambda line: print(line, flush=True)
with FileRunLock(Path(sys.argv[1]), SystemClock(), "https://forge.example/pipelines/7").hold(wait, say):
    say("held")
    sys.stdin.read()
"""
WAIT = "600"
"""Seconds: longer than any machine takes."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    with begun(path) as process:
        assert said(process) == "held\n"
        yield process
        process.kill()


def begun(path: Path, wait: str = "0") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(path), wait]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def ended(process: subprocess.Popen[str]) -> int:
    assert process.stdin is not None
    process.stdin.close()
    return process.wait(60)


def test_busy_lock_says_by_whom(path: Path, holder: subprocess.Popen[str]) -> None:
    """User, host, process and pipeline, so that somebody can be asked."""
    whom = f"by {getpass.getuser()}@.*, process {holder.pid}, pipeline https://forge.example/pipelines/7"
    with pytest.raises(TemporaryFailure, match=whom):
        FileRunLock(path, FakeClock()).hold().__enter__()


def test_second_process_waits_and_says_for_whom(path: Path, holder: subprocess.Popen[str]) -> None:
    """It has the region as soon as the first one has ended."""
    with begun(path, WAIT) as second:
        assert f"process {holder.pid}, pipeline https://forge.example/pipelines/7; waiting for " in said(second)
        assert ended(holder) == 0
        assert said(second) == "held\n"
        assert f'"pid": {second.pid}' in path.read_text(encoding="utf-8")
        assert ended(second) == 0


def test_second_process_has_the_region_of_a_killed_one(path: Path, holder: subprocess.Popen[str]) -> None:
    """Whoever waits need not know how the first one ended."""
    with begun(path, WAIT) as second:
        assert "waiting for " in said(second)
        holder.send_signal(signal.SIGKILL)
        assert said(second) == "held\n"
        assert ended(second) == 0


def test_patience_has_an_end(path: Path, holder: subprocess.Popen[str]) -> None:
    """Then it says how long it has waited, and for whom."""
    told: list[str] = []
    with pytest.raises(TemporaryFailure, match=f"still, after 1 s of waiting, busy since .*, process {holder.pid}"):
        FileRunLock(path, FakeClock()).hold(1.0, told.append).__enter__()
    assert len(told) == 1


def test_a_lock_that_was_let_go_names_nobody(path: Path) -> None:
    """The next one to come between its lock and its name would be taken for the last one."""
    with FileRunLock(path, FakeClock()).hold():
        pass
    assert path.read_text(encoding="utf-8") == ""


def test_lock_is_free_after_its_holder_was_killed(path: Path, holder: subprocess.Popen[str]) -> None:
    """`kill -9` leaves a file and no lock: nobody has to clean up."""
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with FileRunLock(path, FakeClock()).hold():
        assert f'"pid": {os.getpid()}' in path.read_text(encoding="utf-8")
