"""A run's folder is its owner's alone, in memory, and never stays."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from orchestrator.adapters.hosts_ansible import run_folder as module
from orchestrator.adapters.hosts_ansible.run_folder import MEMORY, is_memory, run_folder
from orchestrator.errors import TemporaryFailure

HOLD = """
import sys, threading
from pathlib import Path
from orchestrator.adapters.hosts_ansible.run_folder import run_folder
with run_folder(Path(sys.argv[1]), threading.Event()) as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


def killed_run(state: Path) -> Path:
    """The folder of a run that was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        owner.send_signal(signal.SIGKILL)
    assert folder.is_dir()
    return folder


def test_it_is_private_and_goes(tmp_path: Path) -> None:
    """Mode 0700, with a short path; gone even when what is done in it breaks."""
    seen: list[Path] = []

    def breaks() -> None:
        with run_folder(tmp_path, threading.Event()) as folder:
            seen.append(folder)
            assert folder.stat().st_mode & 0o777 == 0o700
            assert len(str(folder / "ssh" / "0123456789.0123456789abcdef")) < 100
            assert is_memory(folder.parent) or tmp_path in folder.parents
            (folder / "left").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert not seen[0].exists()


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """By the next run of the same region, and by no other."""
    left = killed_run(tmp_path / "one")
    with run_folder(tmp_path / "two", threading.Event()):
        assert left.exists()
    with run_folder(tmp_path / "one", threading.Event()):
        assert not left.exists()


def test_a_run_that_goes_on_keeps_its_folder(tmp_path: Path) -> None:
    """Two may run at once: a plan looks while an apply acts."""
    with run_folder(tmp_path, threading.Event()) as first, run_folder(tmp_path, threading.Event()) as second:
        assert first != second
        assert first.exists()


def test_ansible_of_a_killed_run_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once on one host would disturb each other; when it does not end, that is told."""
    left = killed_run(tmp_path)
    running = os.open(left / "running", os.O_RDWR | os.O_CREAT)
    fcntl.flock(running, fcntl.LOCK_EX)
    monkeypatch.setattr(module, "ORPHANED_SECONDS", 1)
    with pytest.raises(TemporaryFailure, match="still at work"), run_folder(tmp_path, threading.Event()):
        pass
    monkeypatch.undo()
    threading.Timer(0.3, os.close, (running,)).start()
    with run_folder(tmp_path, threading.Event()):
        assert not left.exists()


def test_without_memory_it_lies_in_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is removed all the same."""
    monkeypatch.setattr(module, "MEMORY", tmp_path / "none")
    with run_folder(tmp_path / "state", threading.Event()) as folder:
        assert folder.parent == tmp_path / "state" / "ansible"
    assert list((tmp_path / "state" / "ansible").iterdir()) == []


def test_only_a_tmpfs_is_memory(tmp_path: Path) -> None:
    """A folder on a disk, and one that is not there, are none."""
    assert not is_memory(tmp_path)
    assert not is_memory(MEMORY / "not" / "there")
