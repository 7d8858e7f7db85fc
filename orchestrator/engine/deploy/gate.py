"""When an operation must stop, and how many of its steps run at once.

Stopping means: no new steps; those that run finish and are recorded.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """The operation takes no new steps."""


class Gate:
    """Safe to use from many threads."""

    def __init__(self, parallel: int) -> None:
        self._slots = threading.Semaphore(parallel)
        self._idle = threading.Condition()
        self._inside = 0
        self._stopped = threading.Event()
        self.interruption = threading.Event()  # set: steps that only wait end now
        self.reason = ""  # empty where what stopped it has been told already

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self, reason: str = "") -> None:
        """Take no new steps. `reason`: what is still to be told; the first one counts."""
        with self._idle:
            self.reason = self.reason or reason
            self._stopped.set()

    def interrupt(self, reason: str) -> None:
        """Take no new steps, and break off those that only wait."""
        self.stop(reason)
        self.interruption.set()

    def check(self) -> None:
        if self._stopped.is_set():
            raise Stopped

    def pause(self, seconds: float) -> None:
        """Let some time pass; raises Stopped as soon as no new steps may begin."""
        if self._stopped.wait(seconds):
            raise Stopped

    @contextmanager
    def call(self) -> Iterator[None]:
        """The length of one call of the program, so that its end can be waited for."""
        with self._idle:
            self._inside += 1
        try:
            yield
        finally:
            with self._idle:
                self._inside -= 1
                self._idle.notify_all()

    @contextmanager
    def step(self) -> Iterator[None]:
        """The length of one action; waits until one of the allowed number is free."""
        with self._slots:
            self.check()
            yield

    def wait_until_idle(self, seconds: float | None = None) -> None:
        """Return when no call of the program is inside any more, or after so many seconds."""
        with self._idle:
            self._idle.wait_for(lambda: self._inside == 0, timeout=seconds)
