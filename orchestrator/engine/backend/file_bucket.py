"""Pulumi's `file://` backend: an object is a file below a directory."""

from __future__ import annotations

import fcntl
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator.engine.backend import files
from orchestrator.engine.backend.bucket import Bucket, Busy
from orchestrator.engine.backend.file_lines import FileLines


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedFile:
    """The kernel's lock on a file, whose content names the owner."""

    bucket: Bucket
    descriptor: int

    def last_owner(self) -> str:
        return os.pread(self.descriptor, 64, 0).decode(errors="replace")

    def quiet_for(self, journal: str) -> float:
        del journal  # the kernel lets go of a lock only when its owner is dead
        return math.inf

    def give_name(self, name: str) -> None:
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, name.encode(), 0)


@dataclass(frozen=True, slots=True)
class FileBucket:
    """`root`: the directory that holds `.pulumi`."""

    root: Path

    @property
    def url(self) -> str:
        return f"file://{self.root}"

    def where(self, key: str) -> str:
        return str(self.root / key)

    def read(self, key: str) -> bytes | None:
        path = self.root / key
        with files.told("read", path):
            try:
                return path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def newest(self, keys: Sequence[str]) -> str:
        found = ""
        moment = -1
        for key in keys:
            try:
                changed = (self.root / key).stat().st_mtime_ns
            except (FileNotFoundError, NotADirectoryError):
                continue
            if changed >= moment:
                found, moment = key, changed
        return found

    def keys(self, folder: str) -> tuple[str, ...]:
        top = self.root / folder
        with files.told("list", top):
            found = [Path(here, name) for here, _, names in os.walk(top, onerror=_refuse) for name in names]
        return tuple(sorted(str(path.relative_to(self.root)) for path in found))

    def write(self, key: str, data: bytes) -> None:
        path = self.root / key
        with files.told("write", path):
            files.write(path, data)

    def replace(self, key: str, before: str, data: bytes) -> None:
        path, kept = self.root / key, self.root / before
        with files.told("write", path):
            if path.exists():
                kept.unlink(missing_ok=True)
                kept.hardlink_to(path)
            files.write(path, data)

    def rename(self, key: str, to: str) -> None:
        path = self.root / key
        with files.told("rename", path):
            try:
                path.replace(self.root / to)
            except FileNotFoundError:
                return
            files.sync_directory(path.parent)

    def delete(self, key: str) -> None:
        path = self.root / key
        with files.told("remove", path):
            path.unlink(missing_ok=True)

    @contextmanager
    def own(self, key: str) -> Iterator[OwnedFile]:
        path = self.root / key
        with files.told("lock", path):
            descriptor = _locked(path)
        try:
            yield OwnedFile(bucket=self, descriptor=descriptor)
        finally:
            os.close(descriptor)

    def disown(self, key: str) -> None:
        self.delete(key)

    def begin_journal(self, key: str) -> FileLines:
        return FileLines(self.root / key)

    def read_journal(self, key: str) -> bytes:
        return self.read(key) or b""

    def drop_journal(self, key: str) -> None:
        self.delete(key)


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _locked(path: Path) -> int:
    files.make_directory(path.parent)
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise Busy from error
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)  # the stack was removed, and its lock file with it, while we opened it


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
