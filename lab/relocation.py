"""Adopt state that was used elsewhere: in another directory, on other ports.

Absolute addresses stand in two tables, Keystone's endpoints and Glance's locations; both are rewritten while nothing
runs. (Nova's cell mappings are templates and move by themselves.)
"""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.control_plane import ALL_SERVICES
from lab.definition import Definition
from lab.layout import Layout
from lab.private_file import read_json, write_private_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """In one column of a database's table, each text ``old`` becomes ``new``."""

    database: str
    table: str
    column: str
    pairs: tuple[tuple[str, str], ...]


def _here(layout: Layout, definition: Definition) -> dict[str, Any]:
    return {"state": str(layout.state), "port_base": definition.port_base}


def is_elsewhere(layout: Layout, definition: Definition) -> bool:
    """Whether the state was last used in another directory or on other ports."""
    return read_json(layout.origin) not in (None, _here(layout, definition))


def relocate(layout: Layout, definition: Definition) -> None:
    """Make the state belong to this directory and these ports. Nothing may run if it is elsewhere."""
    if is_elsewhere(layout, definition):
        origin = read_json(layout.origin)
        ports = tuple((s.url(origin["port_base"]), s.url(definition.port_base)) for s in ALL_SERVICES)
        _rewrite(layout, Rewriting(database="keystone", table="endpoint", column="url", pairs=ports))
        paths = ((f"file://{origin['state']}/", f"file://{layout.state}/"),)
        _rewrite(layout, Rewriting(database="glance", table="image_locations", column="value", pairs=paths))
    write_private_json(layout.origin, _here(layout, definition))


def _rewrite(layout: Layout, rewriting: Rewriting) -> None:
    path = layout.database(rewriting.database)
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        if _has_table(database, rewriting.table):
            _rewrite_table(database, rewriting)


def _rewrite_table(database: sqlite3.Connection, rewriting: Rewriting) -> None:
    table, column = rewriting.table, rewriting.column
    for rowid, value in database.execute(f"SELECT rowid, {column} FROM {table}").fetchall():  # noqa: S608 our names
        old, new = next(((old, new) for old, new in rewriting.pairs if old in value), ("", ""))
        if old:
            update = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608 our names
            database.execute(update, (value.replace(old, new, 1), rowid))


def _has_table(database: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(query, (table,)).fetchone() is not None


def database_files(layout: Layout) -> tuple[Path, ...]:
    """Return the databases that exist."""
    paths = (layout.database(name) for service in ALL_SERVICES for name in service.databases)
    return tuple(path for path in paths if path.exists())
