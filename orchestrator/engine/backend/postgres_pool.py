"""Connections that wait for their next use: a thousand stacks are read over a few, one login each."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from orchestrator.engine.backend.postgres_address import Address
from orchestrator.engine.backend.postgres_door import Lost, Session

_KEPT: Final = 8
_SECONDS: Final = 60.0  # a connection that waited longer is closed
T = TypeVar("T")


class Pool:
    """Safe to use from many threads. `prepared`: the tables are known to be there."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.prepared = False
        self._lock = threading.Lock()
        self._idle: list[tuple[float, Session]] = []

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A connection of one's own for the length of the block."""
        session = self._waiting() or Session(self.address)
        try:
            yield session
        finally:
            self._take_back(session)

    def ask(self, work: Callable[[Session], T]) -> T:
        """Do something that may be done twice: over a new connection, if the one that waited has broken meanwhile."""
        session = self._waiting()
        if session is not None:
            try:
                return work(session)
            except Lost:
                self.close()
            finally:
                self._take_back(session)
        with self.session() as fresh:
            return work(fresh)

    def close(self) -> None:
        """Close what waits."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, session in idle:
            session.close()

    def _waiting(self) -> Session | None:
        now = time.monotonic()
        with self._lock:
            old = [session for since, session in self._idle if now - since > _SECONDS]
            self._idle = [(since, session) for since, session in self._idle if now - since <= _SECONDS]
            found = self._idle.pop()[1] if self._idle else None
        for session in old:
            session.close()
        return found

    def _take_back(self, session: Session) -> None:
        with self._lock:
            if session.usable and len(self._idle) < _KEPT:
                self._idle.append((time.monotonic(), session))
                return
        session.close()


_pools: Final[dict[Address, Pool]] = {}
_guard: Final = threading.Lock()


def pool_of(address: Address) -> Pool:
    """The pool of this process for an address."""
    with _guard:
        return _pools.setdefault(address, Pool(address))


def close_all() -> None:
    """Close every connection that waits."""
    with _guard:
        found = list(_pools.values())
        _pools.clear()
    for pool in found:
        pool.close()


atexit.register(close_all)
os.register_at_fork(after_in_child=_pools.clear)  # a connection belongs to the process that made it
