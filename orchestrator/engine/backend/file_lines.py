"""A journal in a file: appended, never rewritten, and made to last only when asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator.engine.backend import files
from orchestrator.engine.errors import StateError


class FileLines:
    """One writer at a time may append; any may flush."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._broken: StateError | None = None
        with files.told("write", path):
            path.unlink(missing_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            files.sync_directory(path.parent)

    def append(self, line: bytes) -> None:
        """A line that did not fit whole is the last one: what follows it would not be read."""
        with self._telling():
            left = memoryview(line)
            while left:
                left = left[os.write(self._file, left) :]

    def flush(self) -> None:
        with self._telling():
            os.fdatasync(self._file)

    def end(self) -> None:
        os.close(self._file)
        with files.told("remove", self._path):
            self._path.unlink(missing_ok=True)

    def leave(self) -> None:
        os.close(self._file)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """The first failure is told again for whatever comes after it."""
        if self._broken is not None:
            raise StateError(str(self._broken))
        try:
            with files.told("write", self._path):
                yield
        except StateError as error:
            self._broken = error
            raise
