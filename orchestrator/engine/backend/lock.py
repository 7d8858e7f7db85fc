"""One operation on a stack at a time: a kernel lock for ourselves, Pulumi's lock file for its command line.

The kernel lets the first go when its owner dies, however it dies; the second would stay for ever, so it is
removed as soon as it is known to be left over.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator.engine.backend import files
from orchestrator.engine.backend.layout import Layout
from orchestrator.engine.errors import EngineError
from orchestrator.engine.state import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What a lock file of Pulumi's says."""

    path: Path
    pid: int
    user: str
    host: str
    since: str

    def describe(self) -> str:
        return f"  file://{self.path}: created by {self.user}@{self.host} (pid {self.pid}) at {self.since}"


@contextmanager
def hold(layout: Layout) -> Iterator[None]:
    """Own the stack for the length of the block; somebody else's lock is an error that says whose and since when."""
    kernel = _take_kernel_lock(layout)
    try:
        _remove_left_over(layout, _last_owner(kernel))
        own = _write_lock_file(layout)
        try:
            os.ftruncate(kernel, 0)
            os.pwrite(kernel, own.stem.encode(), 0)
            others = [holder for holder in holders(layout) if holder.path != own]
            if others:
                raise _locked(others)
            yield
        finally:
            own.unlink(missing_ok=True)
    finally:
        os.close(kernel)


def holders(layout: Layout) -> list[Holder]:
    """All lock files of the stack, whoever wrote them."""
    if not layout.locks.is_dir():
        return []
    return [holder for path in sorted(layout.locks.glob("*.json")) if (holder := _read(path)) is not None]


def cancel(layout: Layout) -> None:
    """Remove the lock files of the stack; one of a living owner in our care is not taken away from it."""
    kernel = _take_kernel_lock(layout)
    try:
        for holder in holders(layout):
            holder.path.unlink(missing_ok=True)
    finally:
        os.close(kernel)


def _take_kernel_lock(layout: Layout) -> int:
    files.make_directory(layout.kernel_lock.parent)
    while True:
        descriptor = os.open(layout.kernel_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise _locked(holders(layout)) from error
        if _is_still(layout.kernel_lock, descriptor):
            return descriptor
        os.close(descriptor)  # the stack was removed, and its lock file with it, while we opened it


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _last_owner(kernel: int) -> str:
    return os.pread(kernel, 64, 0).decode(errors="replace")


def _remove_left_over(layout: Layout, last_owner: str) -> None:
    """With the kernel lock in hand, the lock file of its last owner is left over; so is a dead process's."""
    for holder in holders(layout):
        here = holder.host == socket.gethostname()
        if holder.path.stem == last_owner or (here and not _is_alive(holder.pid)):
            holder.path.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write_lock_file(layout: Layout) -> Path:
    found = {
        "pid": os.getpid(),
        "username": _user(),
        "hostname": socket.gethostname(),
        "timestamp": clock.rfc3339(time.time()),
    }
    path = layout.locks / f"{uuid.uuid4()}.json"
    files.write(path, json.dumps(found).encode())
    return path


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return str(os.getuid())


def _read(path: Path) -> Holder | None:
    try:
        found = json.loads(path.read_bytes())
        return Holder(
            path=path,
            pid=int(found["pid"]),
            user=str(found["username"]),
            host=str(found["hostname"]),
            since=str(found["timestamp"]),
        )
    except FileNotFoundError:
        return None  # its owner has just let go
    except (ValueError, KeyError, TypeError):
        return Holder(path=path, pid=0, user="?", host="?", since="?")


def _locked(found: list[Holder]) -> EngineError:
    lines = "".join(f"\n{holder.describe()}" for holder in found)
    return EngineError(
        f"error: the stack is currently locked by {max(len(found), 1)} lock(s). Either wait for the other process(es) "
        f"to end or delete the lock file with `pulumi cancel`.{lines}"
    )
