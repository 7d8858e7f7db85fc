"""One apply a region at a time, by a lock that the kernel releases when its owner dies."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator.adapters.records.private import private_directory
from orchestrator.errors import TemporaryFailure
from orchestrator.ports import Clock


class FileRunLock:
    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Raises TemporaryFailure that says since when and by whom the region is busy."""
        private_directory(self._path.parent)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as err:
                raise self._busy(handle) from err
            self._sign(handle)
            yield
        finally:
            os.close(handle)

    def _sign(self, handle: int) -> None:
        owner = {"user": _user(), "host": socket.gethostname(), "pid": os.getpid()}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({**owner, "since": self._clock.now().isoformat(timespec="seconds")}).encode(), 0)

    def _busy(self, handle: int) -> TemporaryFailure:
        try:
            owner = json.loads(os.pread(handle, 4096, 0))
            who = f"since {owner['since']} by {owner['user']}@{owner['host']}, process {owner['pid']}"
        except (ValueError, KeyError):
            who = "by another apply that has just begun"
        return TemporaryFailure(f"the region is busy {who}", hint="wait for it to end, then run the same command again")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
