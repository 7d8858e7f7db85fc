"""Look-ups that many programs make alike: a fleet's programs all ask for the same roles, images and networks."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from threading import Lock

from orchestrator.engine.cloud.connection import Connection
from orchestrator.engine.provider import Properties

Key = tuple[int, str, str]


class Lookups:
    """Answers by connection, function and arguments, each asked for once. Failures are not kept."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[Key, Lock] = {}
        self._known: dict[Key, Properties] = {}
        self._asked: list[Connection] = []  # kept alive, so that no other takes over the identity of one

    def once(
        self, connection: Connection, function: str, arguments: Properties, ask: Callable[[], Properties]
    ) -> Properties:
        """`ask`'s answer, or that of whoever asked before. Each caller gets his own copy."""
        key = (id(connection), function, json.dumps(arguments, sort_keys=True, default=str))
        with self._guard:
            lock = self._locks.setdefault(key, Lock())
            self._asked.append(connection) if connection not in self._asked else None
        with lock:
            if key not in self._known:
                self._known[key] = ask()
            return deepcopy(dict(self._known[key]))
