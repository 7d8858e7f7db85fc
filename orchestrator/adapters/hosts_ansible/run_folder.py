"""Where a run of Ansible keeps its files: in memory where the system has such a place, and gone when it ends.

A folder's name tells the region's state folder it belongs to; `guard` in it is locked as long as its owner lives, and
`running` as long as Ansible does (callbacks/mutualis_halt.py). What a killed run left is removed by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from orchestrator.adapters.records.kernel_lock import is_taken
from orchestrator.adapters.records.private import private_directory
from orchestrator.errors import TemporaryFailure

MEMORY: Final = Path("/dev/shm")  # noqa: S108 (files there have names that nobody foresees, mode 0700)
ORPHANED_SECONDS: Final = 600
"""How long the Ansible of a killed run may take for the task that it is in: as long as installing packages takes."""


@contextmanager
def run_folder(state: Path, stopped: threading.Event) -> Iterator[Path]:
    """A new folder, 0700. `state`: the region's; `stopped`: ends waiting for what a killed run left.

    Its path is short: sockets in it must stay below 108 bytes.
    Raises TemporaryFailure while Ansible of a killed run is still at work.
    """
    place, prefix = _place(state), prefix_of(state)
    for left in sorted(place.glob(f"{prefix}*")):
        _clear(left, stopped)
    folder, guard = _made(place, prefix)
    try:
        yield folder
    finally:
        _wait(folder, stopped)  # its workers go on for a while when Ansible was killed and we were not
        shutil.rmtree(folder, ignore_errors=True)
        os.close(guard)


def prefix_of(state: Path) -> str:
    """How the names of the folders begin that belong to a region's state folder, for this user."""
    owner = f"{os.getuid()} {state.absolute()}"
    return f"mutualis-{hashlib.sha256(owner.encode()).hexdigest()[:12]}-"


def is_memory(place: Path) -> bool:
    """Whether what lies there is never on a disk, swap aside."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    found = [line.split()[2] for line in mounts if line.split()[1:2] == [str(place)]]
    return found[-1:] == ["tmpfs"] and os.access(place, os.W_OK | os.X_OK)


def is_at_work(folder: Path) -> bool:
    """Whether Ansible, or one of its workers, still runs for this folder."""
    try:
        running = os.open(folder / "running", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not is_taken(running)
    finally:
        os.close(running)


def _place(state: Path) -> Path:
    return MEMORY if is_memory(MEMORY) else private_directory(state / "ansible")


def _made(place: Path, prefix: str) -> tuple[Path, int]:
    """The folder has its name only once it is guarded: nobody takes it for one that was left."""
    new = Path(tempfile.mkdtemp(dir=place, prefix=".mutualis-"))
    guard = os.open(new / "guard", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(guard, fcntl.LOCK_EX)
    folder = place / f"{prefix}{new.name[-8:]}"
    return new.rename(folder), guard


def _clear(folder: Path, stopped: threading.Event) -> None:
    """Remove what a killed run left, once its Ansible has ended; leave what belongs to a run that goes on."""
    try:
        guard = os.open(folder / "guard", os.O_RDWR)
    except OSError:
        return  # it ended meanwhile
    try:
        if not is_taken(guard):
            return
        _wait(folder, stopped)
        if is_at_work(folder):
            raise TemporaryFailure(
                "Ansible of a killed run is still at work on the hosts",
                hint="it ends after the task that it is in: wait, then do the same again",
            )
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(guard)


def _wait(folder: Path, stopped: threading.Event) -> None:
    """Until Ansible has ended there, or somebody has waited long enough."""
    for _ in range(ORPHANED_SECONDS * 5):
        if not is_at_work(folder) or stopped.wait(0.2):
            return
