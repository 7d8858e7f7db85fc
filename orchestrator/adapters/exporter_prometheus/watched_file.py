"""A file that is read again when it, or a file that it names, has changed.

Asked at each request, so it must be cheap.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

Read = TypeVar("Read")
Stamp = tuple[tuple[int, int, int, int], ...]


def stamp(files: Iterable[Path]) -> Stamp:
    """What changes when one of the files does; an absent file has a stamp too."""
    return tuple(_stamp(file) for file in files)


class WatchedFile(Generic[Read]):
    """`read`: the value, and all files that it was made of. `current` gives the value made of the files as they are.

    `failed`: what to go on with when it cannot be read, given the last value.
    """

    def __init__(
        self,
        file: Path,
        read: Callable[[], tuple[Read, tuple[Path, ...]]],
        failed: Callable[[Read, Exception], Read],
    ) -> None:
        self._read = read
        self._failed = failed
        self._lock = Lock()
        self._files: tuple[Path, ...] = (file,)
        self._stamp: Stamp = ()
        self._value = self._again()

    def current(self) -> Read:
        """Never raises what reading raises: the first reading was good, and `failed` decides on the others.

        What could not be read is read at each call until it can: the file that mends it may be a new one.
        """
        with self._lock:
            if self._stamp != stamp(self._files):
                try:
                    self._value = self._again()
                except Exception as error:  # noqa: BLE001 (whatever it is, `failed` decides)
                    self._stamp = ()
                    self._value = self._failed(self._value, error)
            return self._value

    def _again(self) -> Read:
        """Stamps are taken before reading: what changes meanwhile is read once more, at the next call."""
        taken = stamp(self._files)
        value, files = self._read()
        if files != self._files:
            taken = stamp(files)
            value, self._files = self._read()
        self._stamp = taken
        return value


def _stamp(file: Path) -> tuple[int, int, int, int]:
    try:
        found = os.stat(file)  # noqa: PTH116 (no object for each of a scrape's looks)
    except OSError:
        return (0, 0, 0, 0)
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
