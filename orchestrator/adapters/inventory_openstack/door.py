"""The reader's only way to a service: GET, JSON back, counted. Knows no credential and no session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from threading import Lock
from typing import Any, Final, Protocol

from orchestrator.adapters.inventory_openstack.refusal import Refusal

UNANSWERED: Final = "none"
"""Stands for a status where a call got no answer."""


class Door(Protocol):
    """Safe from many threads at once."""

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        """The body of a good answer. `service`: its type in the catalogue; `version`: microversion.

        Raises TemporaryFailure or PermanentFailure that says which call and what was answered; with an answer it is
        a Refusal too.
        """


class CountingDoor:
    """A door that knows how often it was used, and what was answered: one part's share of the calls."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._lock = Lock()
        self._statuses: Counter[str] = Counter()
        self.calls = 0

    @property
    def statuses(self) -> Mapping[str, int]:
        """Answers so far by HTTP status, in order; a call under way has none yet."""
        with self._lock:
            return dict(sorted(self._statuses.items()))

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        with self._lock:
            self.calls += 1
        status = UNANSWERED
        try:
            body = self._door.get(service, path, version=version, params=params)
            status = str(HTTPStatus.OK.value)
        except Refusal as refusal:
            status = str(refusal.status)
            raise
        finally:
            with self._lock:
                self._statuses[status] += 1
        return body
