"""Row ids of flavors that are never given twice, as they are on MySQL and PostgreSQL.

SQLite gives the id of a deleted last row again, and Nova tells flavors apart by it: a flavor made in place of a deleted
one would be the same flavor to it, and a server of the old one could not be resized to the new one.
"""

from typing import Any

from sqlalchemy import Table, event

TABLE = "flavors"


def install() -> None:
    """Listen, once a process."""
    if not event.contains(Table, "before_create", _count_on):
        event.listen(Table, "before_create", _count_on)


def _count_on(table: Table, _connection: object, **_: Any) -> None:
    if table.name == TABLE:
        table.dialect_options["sqlite"]["autoincrement"] = True
