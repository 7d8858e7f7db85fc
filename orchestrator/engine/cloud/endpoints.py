"""How many calls one service is asked at the same time, by all stacks of the process together.

Control planes are bound by their processors: more calls at once than they have workers only wait there instead of
here, and time out. Knows no credential and no resource.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition, Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS_AT_ONCE: Final = 16  # calls; two for each worker of a service of eight


class Endpoints:
    """One bound for each service address. Safe to use from many threads."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._bounds: dict[str, Bound] = {}

    def of(self, url: str) -> Bound:
        """The bound of the service that answers under this address (its scheme, host and port)."""
        parts = urlsplit(url)
        with self._guard:
            return self._bounds.setdefault(f"{parts.scheme}://{parts.netloc}", Bound())


class Bound:
    """Counts the calls under way; who asks for more than its own limit allows waits for a turn."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0

    @contextmanager
    def turn(self, limit: int) -> Iterator[None]:
        """The length of one call. `limit`: calls of all together, as this caller's operation wants it."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside < limit)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()


ENDPOINTS: Final = Endpoints()  # of the process: bounding each credential alone would bound nothing
