"""SQLAlchemy's side of it: ``sqlite:////path/of/file?plugin=mutualis`` is a SQLite that many threads may use.

* A transaction that oslo.db calls a writer takes the file's turn at its begin (see ``write_intent``).
* One that it calls a reader takes none: WAL lets it read beside a writer.
* One of unknown kind begins as a reader and takes the turn at its first writing statement, or at the first SELECT
  ... FOR UPDATE, which SQLite does not know: what it reads is then still so when it is written (Octavia's quotas).
"""

import os
import pathlib
import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, CreateEnginePlugin, Engine
from sqlalchemy.pool import QueuePool

from mutualis_lab import flavor_ids, write_intent
from mutualis_lab.turn_connection import TurnConnection
from mutualis_lab.write_turn import PATIENCE, WriteTurn

FOREIGN_KEYS = "MUTUALIS_LAB_FOREIGN_KEYS"  # ON once the tables are made; Neutron relies on ON DELETE CASCADE
_READING = frozenset({"SELECT", "PRAGMA", "EXPLAIN", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT"})


class Plugin(CreateEnginePlugin):
    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        turn = WriteTurn.of(str(pathlib.Path(url.database).absolute()))
        kwargs["connect_args"] = {
            **kwargs.get("connect_args", {}),
            "factory": type("Connection", (TurnConnection,), {"turn": turn}),
            "timeout": PATIENCE,
            "check_same_thread": False,
        }
        # oslo.db's default for SQLite opens the file and parses the schema again for each transaction
        kwargs.update(poolclass=QueuePool, pool_size=20, max_overflow=80, pool_use_lifo=True, pool_pre_ping=False)
        write_intent.install()
        flavor_ids.install()

    def update_url(self, url: URL) -> URL:
        return url

    def engine_created(self, engine: Engine) -> None:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "savepoint", _savepoint)
        event.listen(engine, "before_execute", _before_reading_for_update)
        event.listen(engine, "before_cursor_execute", _before_statement)


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    foreign_keys = os.environ.get(FOREIGN_KEYS, "OFF")
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY", f"foreign_keys={foreign_keys}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(write_intent.OPTION, False)
    write_intent.raw(connection).begin(write=write)
    connection.info["in_transaction"] = True  # else oslo.db sends a BEGIN of its own


def _savepoint(connection: Connection, _name: str | None) -> None:
    write_intent.raw(connection).begin(write=True)


def _before_reading_for_update(connection: Connection, statement: Any, *_: object) -> None:
    if getattr(statement, "_for_update_arg", None) is not None:
        raw = write_intent.raw(connection)
        if raw.in_transaction and not raw.writing:
            raw.begin(write=True)


def _before_statement(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    raw = write_intent.raw(connection)
    if not raw.writing and raw.in_transaction and _first_word(statement) not in _READING:
        raw.begin(write=True)


def _first_word(statement: str) -> str:
    return statement.lstrip("( \t\r\n").split(None, 1)[0].rstrip(";").upper()
