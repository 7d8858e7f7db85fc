"""One command at a time acts on a cloud: a lock that the kernel releases when its owner dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from lab.errors import BusyError
from lab.layout import Layout


@contextlib.contextmanager
def guarded(layout: Layout) -> Iterator[None]:
    """Hold the cloud's lock; raise BusyError, with the other's pid, if another command holds it."""
    layout.claim_root()
    descriptor = os.open(layout.guard, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
            raise BusyError(
                what=f"another command (process {owner}) is acting on this cloud",
                where=str(layout.root),
                what_to_do="wait until it has ended",
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
