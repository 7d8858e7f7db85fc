"""Which service may still have the token renewed when it refuses one.

A token that has run out is refused by whoever sees it first, and the next one is taken. A service that refuses the
next one too has a trouble of its own: without this, each call to it would cost everybody's token.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import Final

HOLD: Final = 1800.0  # seconds: at most two tokens an hour for a service that refuses all of them


class Renewals:
    """Safe from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, float] = {}

    def allowed(self, service: str) -> bool:
        with self._lock:
            return time.monotonic() >= self._held.get(service, 0.0)

    def told(self, service: str, *, refused: bool) -> None:
        """How a call ended for which a renewal was allowed; `refused`: with a new token too."""
        with self._lock:
            if refused:
                self._held[service] = time.monotonic() + HOLD
            else:
                self._held.pop(service, None)
