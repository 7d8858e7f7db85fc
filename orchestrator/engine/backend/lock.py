"""One operation on a stack at a time: a lock that ends with its owner, and Pulumi's entry for its command line.

The first goes when its owner dies, however it dies; the second would stay for ever, so it is removed as soon as it
is known to be left over. While a journal holds what the checkpoint does not, the entry stays on purpose: Pulumi's
command line knows no journal and must not begin from an old state.
"""

from __future__ import annotations

import getpass
import json
import math
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from orchestrator.engine.backend import journal
from orchestrator.engine.backend.bucket import Bucket, Busy, Owned
from orchestrator.engine.backend.layout import Layout
from orchestrator.engine.errors import EngineError, StateError
from orchestrator.engine.state import clock

_ABANDONED: Final = "abandoned"  # ours, in an entry: its owner ended and left a journal; Pulumi passes over it
_GRACE: Final = 150.0  # seconds for the request that a lost owner had sent: more than it waits for an answer
_living: Final[set[str]] = set()  # keys of this process's own entries
_guard: Final = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What an entry of Pulumi's says. `abandoned`: its owner ended and said so."""

    key: str
    where: str
    pid: int
    user: str
    host: str
    since: str
    abandoned: bool = False

    @property
    def name(self) -> str:
        return self.key.rsplit("/", 1)[1].removesuffix(".json")

    @property
    def works(self) -> bool:
        """Whether it may be at work, as far as can be told from here."""
        return not (self.abandoned or _is_dead(self))

    def describe(self) -> str:
        return f"  {self.where}: created by {self.user}@{self.host} (pid {self.pid}) at {self.since}"


@contextmanager
def hold(bucket: Bucket, layout: Layout) -> Iterator[Bucket]:
    """Own the stack for the length of the block; somebody else's lock is an error that says whose and since when.

    Gives the backend to work on: by way of the lock, where the lock is a connection.
    """
    with _owned(bucket, layout) as owned:
        _remove_left_over(owned, layout)
        with _entered(owned, bucket, layout):
            yield owned.bucket


def holders(bucket: Bucket, layout: Layout) -> list[Holder]:
    """All entries of the stack, whoever wrote them."""
    keys = [key for key in bucket.keys(layout.locks) if key.endswith(".json")]
    return [holder for key in keys if (holder := _read(bucket, key)) is not None]


@contextmanager
def cancelling(bucket: Bucket, layout: Layout) -> Iterator[Bucket]:
    """Remove the entries of the stack after the block; one of a living owner in our care is not taken from it."""
    with _owned(bucket, layout) as owned:
        yield owned.bucket
        for holder in holders(owned.bucket, layout):
            owned.bucket.delete(holder.key)


@contextmanager
def _owned(bucket: Bucket, layout: Layout) -> Iterator[Owned]:
    try:
        with bucket.own(layout.lock) as owned:
            yield owned
    except Busy as error:
        raise _locked(holders(bucket, layout)) from error


@contextmanager
def _entered(owned: Owned, plain: Bucket, layout: Layout) -> Iterator[None]:
    key = f"{layout.locks}/{uuid.uuid4()}.json"
    with _guard:
        _living.add(key)
    try:
        entry = _write_entry(owned.bucket, key)
        owned.give_name(key.rsplit("/", 1)[1].removesuffix(".json"))
        try:
            others = [holder for holder in holders(owned.bucket, layout) if holder.key != key]
            if others:
                raise _locked(others)
            yield
        finally:
            _let_go((owned.bucket, plain), layout, key, entry)
    finally:
        with _guard:
            _living.discard(key)


def _let_go(ways: tuple[Bucket, Bucket], layout: Layout, key: str, entry: dict[str, object]) -> None:
    """Remove our entry, unless a journal was left: then it stays, marked as nobody's.

    By the second way where the first, the lock itself, is broken. If neither goes, what stopped the operation is told
    already, and the next owner clears up.
    """
    for bucket in ways:
        with suppress(StateError):
            if journal.is_left(bucket.read_journal(layout.journal)):
                bucket.write(key, json.dumps({**entry, _ABANDONED: True}).encode())
            else:
                bucket.delete(key)
            return


def _remove_left_over(owned: Owned, layout: Layout) -> None:
    """With the lock in hand, the entry of its last owner is left over; so is a dead process's."""
    last_owner = owned.last_owner()
    for holder in holders(owned.bucket, layout):
        if holder.name == last_owner and not (holder.abandoned or _is_dead(holder)):
            _give_time(owned, layout, holder)
        if holder.abandoned or holder.name == last_owner or _is_dead(holder):
            owned.bucket.delete(holder.key)


def _give_time(owned: Owned, layout: Layout, holder: Holder) -> None:
    """An owner elsewhere that lost its connection may live, and a request that it had sent may still be under way."""
    quiet = owned.quiet_for(layout.journal)
    if quiet < _GRACE:
        raise EngineError(
            f"{_locked([holder])}\nIts connection broke in the midst of its work: what it had asked for may still be "
            f"under way. Run again in {math.ceil(_GRACE - quiet)} seconds."
        )


def _is_dead(holder: Holder) -> bool:
    if holder.host != socket.gethostname():
        return False
    if holder.pid == os.getpid():
        with _guard:
            return holder.key not in _living
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _write_entry(bucket: Bucket, key: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "pid": os.getpid(),
        "username": _user(),
        "hostname": socket.gethostname(),
        "timestamp": clock.rfc3339(time.time()),
    }
    bucket.write(key, json.dumps(entry).encode())
    return entry


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return str(os.getuid())


def _read(bucket: Bucket, key: str) -> Holder | None:
    data = bucket.read(key)
    if data is None:
        return None  # its owner has just let go
    try:
        found = json.loads(data)
        return Holder(
            key=key,
            where=f"{bucket.url}/{key}",
            pid=int(found["pid"]),
            user=str(found["username"]),
            host=str(found["hostname"]),
            since=str(found["timestamp"]),
            abandoned=found.get(_ABANDONED) is True,
        )
    except (ValueError, KeyError, TypeError):
        return Holder(key=key, where=f"{bucket.url}/{key}", pid=0, user="?", host="?", since="?")


def _locked(found: list[Holder]) -> EngineError:
    lines = "".join(f"\n{holder.describe()}" for holder in found)
    return EngineError(
        f"error: the stack is currently locked by {max(len(found), 1)} lock(s). Either wait for the other process(es) "
        f"to end or delete the lock file with `pulumi cancel`.{lines}"
    )
