"""One command at a time acts on a lab: a lock that the kernel releases when its owner dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lab.errors import BusyError
from lab.process import figures
from lab.waiting import wait_until

_LET_GO = 60  # seconds that what a killed command was just starting may take to let go


class Guarded(Protocol):
    """A directory with a lock in it."""

    @property
    def root(self) -> Path: ...

    @property
    def guard(self) -> Path: ...

    def claim_root(self) -> None: ...


@contextlib.contextmanager
def guarded(layout: Guarded) -> Iterator[int]:
    """Hold the lock, yield its descriptor; raise BusyError, with the other's pid, if another command holds it.

    A process that is started with the descriptor holds it too, until it closes it: so the lock of a killed command may
    be held for a moment by what it was starting.
    """
    layout.claim_root()
    descriptor = os.open(layout.guard, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(descriptor):
            owner = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
            if (owner.isdigit() and figures(int(owner))) or not wait_until(lambda: _take(descriptor), seconds=_LET_GO):
                raise BusyError(
                    what=f"another command (process {owner}) is acting there",
                    where=str(layout.root),
                    what_to_do="wait until it has ended",
                )
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
