"""The reader's only way to a service: GET, JSON back, counted. Knows no credential and no session."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any, Protocol


class Door(Protocol):
    """Safe from many threads at once."""

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        """The body of a good answer. `service`: its type in the catalogue; `version`: microversion.

        Raises TemporaryFailure or PermanentFailure that says which call and what was answered.
        """


class CountingDoor:
    """A door that knows how often it was used: one part's share of the calls."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._lock = Lock()
        self.calls = 0

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        with self._lock:
            self.calls += 1
        return self._door.get(service, path, version=version, params=params)
