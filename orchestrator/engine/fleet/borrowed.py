"""Connections that stand in front of another one: they answer or count calls, and tell where and as whom it asks."""

from __future__ import annotations

from threading import Lock
from typing import Any

from typing_extensions import override

from orchestrator.engine.cloud.connection import Answer, Connection


class BorrowedConnection(Connection):
    """Everything as `origin` says."""

    def __init__(self, origin: Connection) -> None:  # no session of its own
        self._origin = origin
        self.region = origin.region

    @override
    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        return self._origin.send(service, method, path, **options)

    @override
    def root(self, service: str) -> str:
        return self._origin.root(service)

    @override
    def has(self, service: str) -> bool:
        return self._origin.has(service)

    @override
    def access(self) -> Any:
        return self._origin.access()

    @property
    @override
    def project_id(self) -> str:
        return self._origin.project_id

    @property
    @override
    def project(self) -> str:
        return self._origin.project


class CountedConnection(BorrowedConnection):
    """`calls`: answered or failed, repetitions included."""

    def __init__(self, origin: Connection) -> None:
        super().__init__(origin)
        self._counting = Lock()
        self.calls = 0

    @override
    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        with self._counting:
            self.calls += 1
        return super().send(service, method, path, **options)
