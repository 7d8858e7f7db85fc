"""Waiting with a limit: OpenStack tells nobody when it is done, one has to ask."""

from __future__ import annotations

import random
import time
from threading import Event
from typing import TYPE_CHECKING, Final, TypeVar

from orchestrator.engine.cloud.faults import NotReady
from orchestrator.engine.provider import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.provider import ProviderError

T = TypeVar("T")

FIRST_PAUSE: Final = 0.15  # seconds: most small objects are ready by then
LONGEST_PAUSE: Final = 3.0
GROWTH: Final = 1.4


class Deadline:
    """The limit of one action, in seconds from its start. `interruption`: set when it is to end before."""

    def __init__(self, seconds: float, interruption: Event | None = None) -> None:
        self.seconds = seconds
        self.interruption = interruption or Event()
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    def pauses(self, what: str, first: float = FIRST_PAUSE) -> Pauses:
        return Pauses(self, what, first)


class Pauses:
    """Growing pauses of one wait; `NotReady` when the limit would pass, `Interrupted` when it is to end at once."""

    def __init__(self, deadline: Deadline, what: str, pause: float) -> None:
        self._deadline = deadline
        self._what = what
        self._pause = pause

    def wait(self, cause: ProviderError | None = None) -> None:
        """Sleep a little longer than last time. `cause`: what is waited out, shown when time is up."""
        if self._deadline.left <= 0:
            reason = f"; the last answer was: {cause}" if cause else ""
            limit = f"{self._deadline.seconds:g} s"
            raise NotReady(f"gave up waiting for {self._what} after {limit}{reason}", temporary=True)
        spread = random.uniform(0.8, 1.2)  # noqa: S311 (keeps many waiters apart, protects nothing)
        if self._deadline.interruption.wait(min(self._pause * spread, max(self._deadline.left, 0.01))):
            raise Interrupted(self._what)
        self._pause = min(self._pause * GROWTH, LONGEST_PAUSE)


def until(poll: Callable[[], T | None], deadline: Deadline, what: str) -> T:
    """What `poll` gives as soon as it is not None."""
    pauses = deadline.pauses(what)
    while (found := poll()) is None:
        pauses.wait()
    return found
