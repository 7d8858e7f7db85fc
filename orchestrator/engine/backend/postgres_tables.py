"""The tables of the `postgres://` backend, made by the first write: Pulumi's own, and ours beside it."""

from __future__ import annotations

from typing import Final

from orchestrator.engine.backend.postgres_door import NoTable, Session

_MAKING: Final = 7_236_180_519_744_001  # an advisory lock: two that make the same table at once would fail


def prepare(session: Session) -> None:
    """Make what is missing. A user without the right to make tables is served where they are there."""
    try:
        session.rows("SELECT 1 FROM {table}, {journal} LIMIT 0")
    except NoTable:
        with session.transaction():
            session.rows("SELECT pg_advisory_xact_lock(%s)", _MAKING)
            session.run(
                "CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, data JSON NOT NULL,"
                " updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now())"
            )
            session.run("CREATE INDEX IF NOT EXISTS {index} ON {table} (key text_pattern_ops)")
            session.run(
                "CREATE TABLE IF NOT EXISTS {journal} (key TEXT NOT NULL, line BIGINT NOT NULL, data BYTEA NOT NULL,"
                " written TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (key, line))"
            )
