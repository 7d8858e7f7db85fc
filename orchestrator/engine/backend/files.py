"""Files of a backend: private (0600 in 0700 directories) and replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from orchestrator.engine.errors import StateError

_WHAT_TO_DO: Final = {
    errno.ENOSPC: "free space there, then run again: what was done so far is recorded",
    errno.EDQUOT: "raise the quota or free space there, then run again: what was done so far is recorded",
    errno.EFBIG: "raise the limit of file sizes (ulimit -f), then run again: what was done so far is recorded",
    errno.EROFS: "make the file system writable, then run again",
    errno.EACCES: "give the user of this process the right to it, then run again",
    errno.EPERM: "give the user of this process the right to it, then run again",
    errno.EIO: "the disk fails: copy the folder to another one, then run again from there",
}


@contextmanager
def told(doing: str, path: Path) -> Iterator[None]:
    """Makes of the system's errors one that says what could not be done, where, and what to do."""
    try:
        yield
    except OSError as error:
        advice = _WHAT_TO_DO.get(error.errno or 0, "")
        text = f"error: cannot {doing} {path}: {error.strerror or error}"
        raise StateError(f"{text}; {advice}" if advice else text) from error


def make_directory(path: Path) -> None:
    """Create a directory and its parents, readable by the owner alone, each made to last."""
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for directory in reversed(missing):
        directory.mkdir(mode=0o700, exist_ok=True)
        sync_directory(directory.parent)


def write(path: Path, data: bytes) -> None:
    """Replace a file in one step; after a crash it holds the old content or the new, never a part."""
    make_directory(path.parent)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make a rename or a new name in this directory last."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
