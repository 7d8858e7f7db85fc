"""Objects that take one change at a time (a router is rewritten as a whole by each)."""

from __future__ import annotations

from collections import defaultdict
from threading import Lock


class Locks:
    """One lock per object; shared by the sessions of an identity."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._guard = Lock()

    def __call__(self, name: str) -> Lock:
        with self._guard:
            return self._locks[name]
