"""What a state backend can do: objects by key, as Pulumi's own DIY backend names them, a lock and a journal.

Whoever keeps stacks works on keys such as `.pulumi/stacks/P/S.json` and never learns whether they are files or rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Lines(Protocol):
    """Where one journal goes, line by line. Errors are told by StateError; after one, every further line is refused."""

    def append(self, line: bytes) -> None:
        """Take a line (with its newline), in order; it need not last yet."""

    def flush(self) -> None:
        """Return when every line taken so far will survive a crash of this machine."""

    def end(self) -> None:
        """The checkpoint holds it all: the journal goes."""

    def leave(self) -> None:
        """Let go, and keep what was written for whoever comes next."""


class Bucket(Protocol):
    """A backend. Every method raises StateError, with where and what to do, when it cannot do its work."""

    @property
    def url(self) -> str:
        """The address as it may be shown: without a password."""

    def where(self, key: str) -> str:
        """How an object is named to people."""

    def read(self, key: str) -> bytes | None:
        """The object; None when there is none."""

    def newest(self, keys: Sequence[str]) -> str:
        """The key, among those that exist, that was written last; "" when none exists."""

    def keys(self, folder: str) -> tuple[str, ...]:
        """All keys below a folder, sorted."""

    def write(self, key: str, data: bytes) -> None:
        """Put an object there whole; after a crash the old one or the new one is found, never a part."""

    def replace(self, key: str, before: str, data: bytes) -> None:
        """The same, and the object that stood there is kept under `before`."""

    def rename(self, key: str, to: str) -> None:
        """Move an object over another; nothing happens when there is none."""

    def delete(self, key: str) -> None:
        """Take an object away, if there is one."""

    def own(self, key: str) -> AbstractContextManager[Owned]:
        """Be the only one that works on what this key stands for; the lock ends with its owner, however it ends.

        Raises Busy when somebody else is at it.
        """

    def disown(self, key: str) -> None:
        """Take away what a lock leaves behind, with the lock in hand."""

    def begin_journal(self, key: str) -> Lines:
        """An empty journal in place of any other, with the lock in hand."""

    def read_journal(self, key: str) -> bytes:
        """What stands in a journal; b"" when there is none."""

    def drop_journal(self, key: str) -> None:
        """Take a journal away, if there is one."""


class Owned(Protocol):
    """A lock that is held."""

    @property
    def bucket(self) -> Bucket:
        """The backend by way of the lock: it refuses to write once the lock is lost."""

    def last_owner(self) -> str:
        """The name that the owner before gave; "" where none is known."""

    def quiet_for(self, journal: str) -> float:
        """Seconds since the owner before wrote to this journal; infinite where a lost lock proves that it is dead."""

    def give_name(self, name: str) -> None:
        """Leave a name for the owner after this one."""


class Busy(Exception):
    """Somebody else holds the lock."""
