"""Collections without pauses for who scrapes meanwhile: Python's search for cyclic garbage stops all threads.

A collection makes hundreds of thousands of objects, nearly all of which live until they are replaced. Searching among
them again and again took a fifth of its time, 0.2 s at once. So nothing is searched while one is going on, what it
leaves is set aside (gc.freeze), and all of it is searched once in a long while: a cycle that somebody leaves behind is
found then.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import get_native_id
from typing import Final

WHOLE_EVERY: Final = 60  # collections: once an hour at one a minute
NICENESS: Final = 10
SWITCH_SECONDS: Final = 0.0005  # Python's own 5 ms, at each of the dozen turns of a scrape, would add up


def step_back() -> None:
    """Let the processor serve first: lowers this thread's priority, and that of threads that it starts (Linux).

    A service manager may forbid it; then nothing changes.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICENESS)


class Pauses:
    """Of this process. One collection at a time."""

    def __init__(self, *, whole_every: int = WHOLE_EVERY) -> None:
        self._whole_every = whole_every
        self._collections = 0

    @contextmanager
    def avoided(self) -> Iterator[None]:
        """For the length of one collection; afterwards everything is as before, for what is new."""
        enabled, interval = gc.isenabled(), sys.getswitchinterval()
        gc.disable()
        sys.setswitchinterval(min(interval, SWITCH_SECONDS))
        try:
            yield
        finally:
            self._set_aside()
            sys.setswitchinterval(interval)
            if enabled:
                gc.enable()

    def _set_aside(self) -> None:
        self._collections += 1
        if self._collections % self._whole_every == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
