"""How many calls one service is asked at the same time, by all stacks of the process together.

Control planes are bound by their processors: more calls at once than they have workers only wait there instead of
here, and time out. Knows no credential and no resource.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from threading import Condition, Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS_AT_ONCE: Final = 16  # calls; two for each worker of a service of eight
_SERVICE: Final = re.compile(r"/(?!v\d)[^/]+")  # where services share a port, this part of the path tells them apart


class Endpoints:
    """One bound for each service address. Safe to use from many threads."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._bounds: dict[str, Bound] = {}

    def of(self, root: str) -> Bound:
        """The bound of the service with this address: its scheme, host and port, and path before the version.

        Services behind one port have a bound each: one that hangs must not take the turns of the others.
        """
        parts = urlsplit(root)
        service = _SERVICE.match(parts.path)
        with self._guard:
            return self._bounds.setdefault(f"{parts.scheme}://{parts.netloc}{service[0] if service else ''}", Bound())


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
