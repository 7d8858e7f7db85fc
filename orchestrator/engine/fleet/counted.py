"""A connection that counts its calls."""

from __future__ import annotations

from threading import Lock
from typing import Any

from typing_extensions import override

from orchestrator.engine.cloud.connection import Answer, Connection


class CountedConnection(Connection):
    """`calls`: answered or failed, repetitions included."""

    def __init__(self, origin: Connection) -> None:  # no session of its own
        self._origin = origin
        self._counting = Lock()
        self.calls = 0
        self.region = origin.region

    @override
    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        with self._counting:
            self.calls += 1
        return self._origin.send(service, method, path, **options)

    @override
    def has(self, service: str) -> bool:
        return self._origin.has(service)

    @property
    @override
    def project_id(self) -> str:
        return self._origin.project_id
