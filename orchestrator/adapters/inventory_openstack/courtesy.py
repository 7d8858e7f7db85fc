"""How a part asks: not again at once when a service says 429 or 503, never beyond its budget.

A service that wants to be left alone gets that rest from all parts together. A rest longer than a read can wait is
kept all the same: until it is over, calls fail here and do not reach the service.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from threading import Event, Lock
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.refusal import Refusal
from orchestrator.errors import TemporaryFailure

ATTEMPTS: Final = {429: 4, 503: 2}  # of one call that was put off, by HTTP status
LOST: Final = 2  # of one call without an answer: a kept connection may have been closed by the other side
FIRST_PAUSE: Final = 0.5  # seconds; doubles
LONGEST_WAIT: Final = 8.0  # seconds of one pause; who wants more is asked again by a later read
LONGEST_REST: Final = 900.0  # seconds: a header that says more is not believed
JITTER: Final = 0.5  # of a pause, at most, added at random: callers that were put off together do not come together
BUDGET: Final = 60.0  # seconds after which a part's read begins no further call


class Rests:
    """Until when each service wants to be left alone, by the monotonic clock. Safe from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until: dict[str, float] = {}

    def left(self, service: str) -> float:
        """Seconds, 0 when it may be asked."""
        with self._lock:
            return max(0.0, self._until.get(service, 0.0) - time.monotonic())

    def ask(self, service: str, seconds: float) -> None:
        with self._lock:
            self._until[service] = max(self._until.get(service, 0.0), time.monotonic() + seconds)


class PoliteDoor:
    """One read of one part. `budget`: seconds from now."""

    def __init__(self, door: Door, rests: Rests, *, budget: float = BUDGET) -> None:
        self._door = door
        self._rests = rests
        self._budget = budget
        self._end = time.monotonic() + budget

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        failures = 0
        while True:
            self._wait(service, path)
            try:
                return self._door.get(service, path, version=version, params=params)
            except TemporaryFailure as error:
                failures += 1
                if not self._again(service, error, failures):
                    raise

    def _wait(self, service: str, path: str) -> None:
        """For the service's rest. Raises TemporaryFailure when that, or the budget, does not allow the call."""
        left = self._rests.left(service)
        if left > LONGEST_WAIT * (1 + JITTER):
            raise TemporaryFailure(f"{service} wants to be left alone for {left:.0f} s more")
        if time.monotonic() + left > self._end:
            raise TemporaryFailure(f"GET {service} /{path} was not sent: the read took its {self._budget:.0f} s")
        Event().wait(left)

    def _again(self, service: str, error: TemporaryFailure, failures: int) -> bool:
        if not isinstance(error, Refusal):
            return failures < LOST
        attempts = ATTEMPTS.get(error.status, 0)
        pause = max(error.retry_after, FIRST_PAUSE * 2 ** (failures - 1))
        more = failures < attempts and pause <= LONGEST_WAIT
        if more or error.retry_after:
            jitter = random.uniform(0, JITTER)  # noqa: S311 (no secret)
            self._rests.ask(service, min(pause, LONGEST_REST) * (1 + jitter))
        return more
