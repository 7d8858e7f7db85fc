"""The only place that knows psycopg: connections, statements, and what its errors mean for whoever waits.

Loaded when an address asks for it, never before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from psycopg import errors, sql

from orchestrator.engine.backend.postgres_address import Address
from orchestrator.engine.errors import StateError

_WHAT_TO_DO: Final[tuple[tuple[type[psycopg.Error], str], ...]] = (
    (errors.InsufficientPrivilege, "grant it to this user (SELECT, INSERT, UPDATE, DELETE; CREATE the first time)"),
    (errors.DiskFull, "free space on the database's disk, then run again: what was done so far is recorded"),
    (errors.ReadOnlySqlTransaction, "this server takes no writes (a standby?): name the primary in the address"),
    (errors.TooManyConnections, "raise max_connections, or run fewer stacks at once, then run again"),
)


class Lost(StateError):
    """The connection is gone, and every lock that it held with it."""


class NoTable(Exception):
    """The table is not there: nothing was ever kept in this database."""


class Session:
    """One connection. Every statement is committed at once, but inside of `transaction()`. Safe to use from threads."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._alone = threading.RLock()  # a transaction takes in no other thread's statements
        self._names = {"table": sql.Identifier(address.table), "journal": sql.Identifier(address.journal)}
        self._names["index"] = sql.Identifier(f"{address.table}_key_prefix_idx"[:63])
        try:
            self._connection = psycopg.connect(autocommit=True, prepare_threshold=None, **_arguments(address))
        except psycopg.Error as error:
            raise Lost(
                f"error: cannot connect to the state at {address.url}: {_first(error)}; see that the server runs and "
                "takes this user, then run again"
            ) from error
        self.process = self._connection.info.backend_pid

    @property
    def usable(self) -> bool:
        return not self._connection.closed and self._connection.info.transaction_status.name == "IDLE"

    def rows(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds. Raises NoTable, Lost, StateError."""
        with self._alone, self._told("read"):
            return self._connection.execute(self._text(statement), values).fetchall()

    def run(self, statement: LiteralString, *values: object) -> int:
        """The number of rows changed. Raises NoTable, Lost, StateError."""
        with self._alone, self._told("write"):
            return self._connection.execute(self._text(statement), values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements of the block, or none of them."""
        with self._alone, self._told("write"), self._connection.transaction():
            yield

    def close(self) -> None:
        self._connection.close()

    def _text(self, statement: LiteralString) -> sql.Composed:
        return sql.SQL(statement).format(**self._names)

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        where = f"the state at {self._address.url}"
        try:
            yield
        except errors.UndefinedTable as error:
            raise NoTable from error
        except psycopg.Error as error:
            if self._connection.closed or isinstance(error, psycopg.InterfaceError):
                self._connection.close()
                raise Lost(
                    f"error: the connection to {where} broke: {_first(error)}; what was done is recorded up to there: "
                    "run again, and the next operation looks for the rest"
                ) from error
            advice = next((text for kind, text in _WHAT_TO_DO if isinstance(error, kind)), "")
            told = f"error: cannot {doing} {where}: {_first(error)}"
            raise StateError(f"{told}; {advice}" if advice else told) from error


def _arguments(address: Address) -> dict[str, Any]:
    """What libpq does not know is a setting of the session, as the official backend's driver takes it."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    found: dict[str, Any] = {key: value for key, value in address.parameters if key in known}
    settings = [f"-c {key}={_escaped(value)}" for key, value in address.parameters if key not in known]
    if settings:
        found["options"] = " ".join([*filter(None, [found.get("options")]), *settings])
    return found


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")


def _first(error: psycopg.Error) -> str:
    lines: Sequence[str] = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
