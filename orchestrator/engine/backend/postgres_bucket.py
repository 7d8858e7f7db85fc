"""Pulumi's `postgres://` backend: an object is a row, its bytes in base64 within JSON, as the official one lays it out.

The lock is an advisory lock of PostgreSQL: it goes with the connection. While it is held, everything is written over
that connection, so an owner that lost its lock cannot write any more.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, LiteralString

from orchestrator.engine.backend.bucket import Bucket, Busy
from orchestrator.engine.backend.postgres_door import Lost, NoTable, Session
from orchestrator.engine.backend.postgres_lines import PostgresLines
from orchestrator.engine.backend.postgres_pool import Pool
from orchestrator.engine.backend.postgres_tables import prepare
from orchestrator.engine.errors import BrokenState, StateError


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedRow:
    """An advisory lock; the name of its last owner stands in our own table."""

    bucket: Bucket
    session: Session
    key: str

    def last_owner(self) -> str:
        found = self.session.rows("SELECT data FROM {journal} WHERE key = %s", self.key)
        return bytes(found[0][0]).decode() if found else ""

    def give_name(self, name: str) -> None:
        self.session.run(
            "INSERT INTO {journal} (key, line, data) VALUES (%s, 0, %s)"
            " ON CONFLICT (key, line) DO UPDATE SET data = excluded.data, written = excluded.written",
            self.key,
            name.encode(),
        )

    def quiet_for(self, journal: str) -> float:
        prefix = self.key[: self.key.index(".pulumi/")]
        found = self.session.rows(
            "SELECT extract(epoch FROM clock_timestamp() - max(written))::float8 FROM {journal} WHERE key = %s",
            prefix + journal,
        )
        return math.inf if found[0][0] is None else float(found[0][0])


@dataclass(frozen=True, slots=True)
class PostgresBucket:
    """`owner`: the connection that holds a lock; None: whatever connection is free."""

    pool: Pool
    owner: Session | None = None

    @property
    def url(self) -> str:
        return self.pool.address.url

    def where(self, key: str) -> str:
        return f"{self.url}/{key}"

    def read(self, key: str) -> bytes | None:
        found = self._look("SELECT data->>'data' FROM {table} WHERE key = %s", self._full(key))
        if not found:
            return None
        try:
            return base64.b64decode(found[0][0] or "", validate=True)
        except (binascii.Error, ValueError) as error:
            raise BrokenState(f"error: {self.where(key)} is damaged: {error}") from error

    def newest(self, keys: Sequence[str]) -> str:
        full = [self._full(key) for key in keys]
        moments = dict(self._look("SELECT key, updated_at FROM {table} WHERE key = ANY(%s)", full))
        present = [(moments[name], place) for place, name in enumerate(full) if name in moments]
        return keys[max(present)[1]] if present else ""

    def keys(self, folder: str) -> tuple[str, ...]:
        """By a pattern in which `_` and `%` are themselves."""
        prefix = self._full(f"{folder}/")
        pattern = "".join(f"\\{letter}" if letter in "\\_%" else letter for letter in prefix) + "%"
        found = self._look("SELECT key FROM {table} WHERE key LIKE %s", pattern)
        return tuple(sorted(str(row[0]).removeprefix(self.pool.address.prefix) for row in found))

    def write(self, key: str, data: bytes) -> None:
        self._change(lambda session: _put(session, self._full(key), data))

    def replace(self, key: str, before: str, data: bytes) -> None:
        def work(session: Session) -> None:
            with session.transaction():
                self._check(session)
                _copy(session, self._full(key), self._full(before))
                _put(session, self._full(key), data)

        self._change(work)

    def rename(self, key: str, to: str) -> None:
        def work(session: Session) -> None:
            with session.transaction():
                _copy(session, self._full(key), self._full(to))
                session.run("DELETE FROM {table} WHERE key = %s", self._full(key))

        self._change(work)

    def delete(self, key: str) -> None:
        self._change(lambda session: session.run("DELETE FROM {table} WHERE key = %s", self._full(key)))

    @contextmanager
    def own(self, key: str) -> Iterator[OwnedRow]:
        full = self._full(key)
        session = Session(self.pool.address)
        try:
            prepare(session)
            number = _number(session, full)
            if session.rows("SELECT pg_try_advisory_lock(%s)", number) != [(True,)]:
                raise Busy
            try:
                yield OwnedRow(bucket=PostgresBucket(self.pool, session), session=session, key=full)
            finally:
                _let_go(session, number)
        finally:
            session.close()  # the lock goes with it, at the latest

    def disown(self, key: str) -> None:
        self.drop_journal(key)  # where the last owner's name stands

    def begin_journal(self, key: str) -> PostgresLines:
        if self.owner is None:
            raise StateError("error: a journal was asked for without the stack's lock")
        return PostgresLines(self.owner, self._full(key))

    def read_journal(self, key: str) -> bytes:
        found = self._look("SELECT data FROM {journal} WHERE key = %s ORDER BY line", self._full(key))
        return b"".join(bytes(row[0]) for row in found)

    def drop_journal(self, key: str) -> None:
        self._change(lambda session: session.run("DELETE FROM {journal} WHERE key = %s", self._full(key)))

    def _full(self, key: str) -> str:
        return self.pool.address.prefix + key

    def _look(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """Nothing is found where there is no table: looking makes none."""
        try:
            if self.owner is not None:
                return self.owner.rows(statement, *values)
            return self.pool.ask(lambda session: session.rows(statement, *values))
        except NoTable:
            return []

    def _change(self, work: Callable[[Session], object]) -> None:
        """Everything that is changed without a lock may be done twice."""

        def prepared(session: Session) -> None:
            if not self.pool.prepared:
                prepare(session)
                self.pool.prepared = True
            work(session)

        if self.owner is not None:
            prepared(self.owner)
        else:
            self.pool.ask(prepared)

    def _check(self, session: Session) -> None:
        if self.owner is not None and session.rows("SELECT pg_backend_pid()") != [(self.owner.process,)]:
            raise Lost(f"error: the lock on the state at {self.url} is lost: a pooler changed the connection")


def _put(session: Session, key: str, data: bytes) -> None:
    text = json.dumps({"data": base64.b64encode(data).decode()}, separators=(",", ":"))
    session.run(
        "INSERT INTO {table} (key, data) VALUES (%s, %s)"
        " ON CONFLICT (key) DO UPDATE SET data = excluded.data, updated_at = now()",
        key,
        text,
    )


def _copy(session: Session, key: str, to: str) -> None:
    session.run(
        "INSERT INTO {table} (key, data) SELECT %s, data FROM {table} WHERE key = %s"
        " ON CONFLICT (key) DO UPDATE SET data = excluded.data, updated_at = now()",
        to,
        key,
    )


def _number(session: Session, key: str) -> int:
    """The lock's number: of this key in this very table."""
    table = session.rows("SELECT '{table}'::regclass::oid::bigint")[0][0]
    digest = hashlib.sha256(f"{table}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _let_go(session: Session, number: int) -> None:
    """Release the lock before the connection ends: the server may take its time to notice that end."""
    with suppress(StateError):  # a broken connection holds no lock any more
        if session.usable:
            session.rows("SELECT pg_advisory_unlock(%s)", number)
