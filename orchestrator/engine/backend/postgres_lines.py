"""A journal in PostgreSQL: rows of a table of ours, committed when asked, over the connection that holds the lock.

So a lost lock is a journal that takes no more lines: nothing new is begun by an owner that is none any more.
"""

from __future__ import annotations

import threading

from orchestrator.engine.backend.postgres_door import Lost, Session
from orchestrator.engine.errors import StateError


class PostgresLines:
    """Lines wait here until they are flushed: what nobody waited for may be lost."""

    def __init__(self, session: Session, key: str) -> None:
        self._session = session
        self._key = key
        self._lock = threading.Lock()
        self._waiting: list[bytes] = []
        self._flushed = 0
        self._broken: StateError | None = None
        session.run("DELETE FROM {journal} WHERE key = %s", key)
        if session.rows("SELECT current_setting('synchronous_commit')") == [("off",)]:
            session.run("SET synchronous_commit = on")

    def append(self, line: bytes) -> None:
        with self._lock:
            self._refuse_if_broken()
            self._waiting.append(line)

    def flush(self) -> None:
        """One statement for all that wait. It is taken only where the lock is: on the same server process."""
        with self._lock:
            self._refuse_if_broken()
            lines, self._waiting = self._waiting, []
        try:
            written = self._session.run(
                "INSERT INTO {journal} (key, line, data) SELECT %s, %s + place, line"
                " FROM unnest(%s::bytea[]) WITH ORDINALITY AS found(line, place) WHERE pg_backend_pid() = %s",
                self._key,
                self._flushed,
                lines,
                self._session.process,
            )
            _check(written, len(lines))
        except StateError as error:
            self._broken = error
            raise
        self._flushed += len(lines)

    def end(self) -> None:
        if self._flushed:
            self._session.run("DELETE FROM {journal} WHERE key = %s", self._key)

    def leave(self) -> None:
        if self._broken is not None:
            return
        try:
            self.flush()
        except StateError:  # what stopped the operation is told; this would only tell it again
            return

    def _refuse_if_broken(self) -> None:
        """The first failure is told again for whatever comes after it."""
        if self._broken is not None:
            raise StateError(str(self._broken))


def _check(written: int, wanted: int) -> None:
    if written != wanted:
        raise Lost(
            "error: the connection to the state goes through a pooler that changes connections: the lock is lost; name "
            "the server itself in PULUMI_BACKEND_URL, or a pooler in session mode"
        )
