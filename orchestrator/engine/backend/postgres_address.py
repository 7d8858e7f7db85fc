"""A `postgres://` address as Pulumi's own backend reads it: where the table is, and what stands before each key."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from orchestrator.engine.errors import EngineError

SCHEMES: Final = frozenset({"postgres", "postgresql"})
_TABLE: Final = "pulumi_state"
_OURS: Final = "_mutualis"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,53}")  # with our ending it must fit PostgreSQL's 63 characters
_VARIABLES: Final = {
    "PGHOST": "host",
    "PGHOSTADDR": "hostaddr",
    "PGPORT": "port",
    "PGDATABASE": "dbname",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGPASSFILE": "passfile",
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
    "PGSSLCERT": "sslcert",
    "PGSSLKEY": "sslkey",
    "PGCONNECT_TIMEOUT": "connect_timeout",
}
_DEFAULTS: Final = {
    "host": "localhost",
    "sslmode": "require",  # both as the official backend's driver has it
    "application_name": "mutualis",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "40000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`parameters`: of the connection, password included; `prefix`: before every key, from the database's name."""

    parameters: tuple[tuple[str, str], ...] = field(repr=False)
    table: str
    prefix: str
    url: str

    @property
    def journal(self) -> str:
        """Ours, beside Pulumi's table: journals, and who held a lock last."""
        return f"{self.table}{_OURS}"


def parse_address(url: str, environment: Mapping[str, str]) -> Address:
    """The address of an operation. What it does not say comes from `PG*`: the operation's first, then the process's."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    table = query.pop("table", "") or _TABLE
    if not _NAME.fullmatch(table):
        raise EngineError(
            f"error: PULUMI_BACKEND_URL: table={table}: letters, digits and _ expected, at most 54, no schema; for "
            "another schema write search_path=SCHEMA"
        )
    given = {key: environment[name] for name, key in _VARIABLES.items() if environment.get(name)}
    ambient = {key for name, key in _VARIABLES.items() if os.environ.get(name)}  # libpq reads these by itself
    defaults = {key: value for key, value in _DEFAULTS.items() if key not in ambient}
    parameters = {**defaults, **given, **_of_authority(parts), **query}
    prefix = unquote(parts.path).lstrip("/")
    return Address(
        parameters=tuple(sorted(parameters.items())),
        table=table.lower(),  # Pulumi's own writes it without quotes, so PostgreSQL folds it
        prefix=f"{prefix.rstrip('/')}/" if prefix else "",
        url=_shown(parts, table),
    )


def _of_authority(parts: SplitResult) -> dict[str, str]:
    try:
        found = {"host": parts.hostname, "port": str(parts.port) if parts.port else None}
    except ValueError as error:
        raise EngineError(f"error: PULUMI_BACKEND_URL: one host, and one port, expected: {error}") from error
    if found["host"]:
        found["host"] = unquote(found["host"])
    found["user"] = unquote(parts.username) if parts.username else None
    found["password"] = unquote(parts.password) if parts.password else None
    found["dbname"] = unquote(parts.path[1:]) or None
    return {key: value for key, value in found.items() if value}


def _shown(parts: SplitResult, table: str) -> str:
    """Without anything that may be a password."""
    user, at, place = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    hidden = f"{name}{':****' if colon else ''}{at}{place}"
    return f"postgres://{hidden}{parts.path}{'' if table == _TABLE else f'?table={table}'}"
