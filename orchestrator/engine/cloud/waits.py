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

FIRST_BACKOFF: Final = 0.5  # seconds, the longest that the first repetition waits
LONGEST_BACKOFF: Final = 20.0


class Deadline:
    """The limit of one action, in seconds from its start. `interruption`: set when it is to end before."""

    def __init__(self, seconds: float, interruption: Event | None = None) -> None:
        self.seconds = seconds
        self.interruption = interruption or Event()
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    def check(self, what: str) -> None:
        """Go on only while there is time, and nobody wants the action to end."""
        if self.interruption.is_set():
            raise Interrupted(what)
        if self.left <= 0:
            raise NotReady(f"gave up waiting for {what} after {self.seconds:g} s", temporary=True)

    def pauses(self, what: str, first: float = FIRST_PAUSE) -> Pauses:
        return Pauses(self, what, first)

    def backoff(self, what: str) -> Backoff:
        return Backoff(self, what)

    def sleep(self, seconds: float, what: str, cause: ProviderError | None = None) -> None:
        """Let time pass within the limit."""
        if self.left <= 0:
            reason = f"; the last answer was: {cause}" if cause else ""
            raise NotReady(f"gave up waiting for {what} after {self.seconds:g} s{reason}", temporary=True)
        if self.interruption.wait(min(seconds, max(self.left, 0.01))):
            raise Interrupted(what)


class Pauses:
    """Growing pauses of one wait; `NotReady` when the limit would pass, `Interrupted` when it is to end at once."""

    def __init__(self, deadline: Deadline, what: str, pause: float) -> None:
        self._deadline = deadline
        self._what = what
        self._pause = pause

    def wait(self, cause: ProviderError | None = None) -> None:
        """Sleep a little longer than last time. `cause`: what is waited out, shown when time is up."""
        spread = random.uniform(0.8, 1.2)  # noqa: S311 (keeps many waiters apart, protects nothing)
        self._deadline.sleep(self._pause * spread, self._what, cause)
        self._pause = min(self._pause * GROWTH, LONGEST_PAUSE)


class Backoff:
    """Pauses before a failed call comes again: the ceiling doubles, and each waits a random part of it.

    Full jitter: callers that failed together come back spread over the whole time, not in waves.
    """

    def __init__(self, deadline: Deadline, what: str) -> None:
        self._deadline = deadline
        self._what = what
        self._ceiling = FIRST_BACKOFF

    def wait(self, cause: ProviderError, at_least: float = 0.0) -> None:
        """`at_least`: seconds that the service asks for. More than the limit leaves is given up at once."""
        if at_least > self._deadline.left:
            raise NotReady(
                f"gave up waiting for {self._what}: the service asks to come back in {at_least:g} s, "
                f"and {max(self._deadline.left, 0.0):.0f} s are left; the last answer was: {cause}",
                temporary=True,
            )
        pause = at_least + random.uniform(0.0, self._ceiling)  # noqa: S311 (as above)
        self._deadline.sleep(pause, self._what, cause)
        self._ceiling = min(self._ceiling * 2, LONGEST_BACKOFF)


def until(poll: Callable[[], T | None], deadline: Deadline, what: str) -> T:
    """What `poll` gives as soon as it is not None."""
    pauses = deadline.pauses(what)
    while (found := poll()) is None:
        pauses.wait()
    return found
