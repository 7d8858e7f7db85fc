"""State that was used elsewhere is adopted: addresses in the databases follow directory and ports."""

import contextlib
import sqlite3
from pathlib import Path

from cloud_fixture import SHAPE

from lab.definition import Definition
from lab.layout import Layout
from lab.private_file import write_private_json
from lab.relocation import is_elsewhere, relocate


def _table(layout: Layout, database: str, table: str, column: str, values: list[str]) -> None:
    with contextlib.closing(sqlite3.connect(layout.database(database))) as connection, connection:
        connection.execute(f"CREATE TABLE {table} ({column} TEXT)")
        rows = [(value,) for value in values]
        connection.executemany(f"INSERT INTO {table} VALUES (?)", rows)  # noqa: S608 our own table


def _values(layout: Layout, database: str, table: str) -> list[str]:
    with contextlib.closing(sqlite3.connect(layout.database(database))) as connection:
        rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 our own table
        return [row[0] for row in rows]


def test_endpoints_and_images_move_with_the_cloud(tmp_path: Path) -> None:
    """Overlapping old and new ports do not confuse it; a second relocation changes nothing."""
    layout = Layout(tmp_path / "lab")
    layout.claim_root()
    layout.make()
    write_private_json(layout.origin, {"state": "/old/state", "port_base": 15000})
    _table(layout, "keystone", "endpoint", "url", ["http://127.0.0.1:15000/v3", "http://127.0.0.1:15001"])
    _table(layout, "glance", "image_locations", "value", ["file:///old/state/images/abc"])
    definition = Definition(shape=SHAPE, port_base=15001)
    assert is_elsewhere(layout, definition)
    for _ in range(2):
        relocate(layout, definition)
        assert _values(layout, "keystone", "endpoint") == ["http://127.0.0.1:15001/v3", "http://127.0.0.1:15002"]
        assert _values(layout, "glance", "image_locations") == [f"file://{layout.state}/images/abc"]
    assert not is_elsewhere(layout, definition)
