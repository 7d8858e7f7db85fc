"""The bytes of one file that a merge request may have made into anything: a pipe, a device, a link, a file of 1 GB."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from orchestrator.spec.characters import MOST_BYTES

_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
_KINDS: Final = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


class RefusedFileError(Exception):
    """Why a file is not read: `name` in the table of codes, the message, the hint."""

    def __init__(self, name: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.name = name
        self.hint = hint


def content(file: str, folder: Path) -> bytes:
    """All bytes of a regular file, at most MOST_BYTES; nothing else is ever opened. Raises RefusedFileError.

    `folder`: out of which no link may lead.
    """
    try:
        _check(file, folder)
        return _read(file)
    except OSError as error:
        hint = "remove it, or mend what it links to" if Path(file).is_symlink() else "check its permissions"
        raise RefusedFileError("unreadable", f"cannot be read: {error.strerror}", hint) from error


def _check(file: str, folder: Path) -> None:
    """Raises OSError where nothing is."""
    found = os.lstat(file)
    if stat.S_ISLNK(found.st_mode):
        found = Path(file).stat()
        if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder)):
            raise RefusedFileError("unreadable", "a link that leads out of the region's folder", "copy the file")
    if not stat.S_ISREG(found.st_mode):
        kind = _KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        raise RefusedFileError("unreadable", f"{kind}, no regular file", "remove it")
    if found.st_size > MOST_BYTES:
        raise _too_large()


def _read(file: str) -> bytes:
    descriptor = os.open(file, _FLAGS)  # never waits, should a pipe have taken the file's place meanwhile
    try:
        size = os.fstat(descriptor).st_size
        read = os.read(descriptor, min(size, MOST_BYTES) + 1)
        while len(read) <= MOST_BYTES and (more := os.read(descriptor, MOST_BYTES + 1 - len(read))):
            read += more
    finally:
        os.close(descriptor)
    if len(read) > MOST_BYTES:
        raise _too_large()
    return read


def _too_large() -> RefusedFileError:
    return RefusedFileError(
        "too-large", f"the file has more than {MOST_BYTES} bytes", "split it: one document in a file"
    )
