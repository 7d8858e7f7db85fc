"""Writers of one SQLite file take turns inside the process, so that SQLite itself never has to refuse.

SQLite's own waiting polls, is unfair, and cannot help a reader that wants to become a writer: that one fails at once
with 'database is locked'. One process is the only one to write a file (see the supervisor's claim files), so a lock in
the process is enough.
"""

import logging
import sqlite3
import sys
import threading
import traceback
from typing import ClassVar

LOG = logging.getLogger(__name__)
PATIENCE = 60  # seconds; the longest transaction seen takes less than one


class WriteTurn:
    """The right to write to one database file, held from a transaction's begin to its end."""

    _of_file: ClassVar[dict[str, "WriteTurn"]] = {}
    _making: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: str) -> None:
        self.path = path
        self._owner: int | None = None
        self._lock = threading.Lock()

    @classmethod
    def of(cls, path: str) -> "WriteTurn":
        """Return the one turn of a file, however many engines are made for it."""
        with cls._making:
            return cls._of_file.setdefault(path, cls(path))

    def take(self) -> None:
        """Wait for the turn; raise OperationalError after PATIENCE seconds, or if this thread has it already."""
        if self._owner == threading.get_ident():
            LOG.error(
                "second writing transaction in one thread on %s:\n%s", self.path, "".join(traceback.format_stack())
            )
            raise sqlite3.OperationalError(f"{self.path}: this thread is already writing in another transaction")
        if not self._lock.acquire(timeout=PATIENCE):
            holder = sys._current_frames().get(self._owner)  # noqa: SLF001 the documented way to see another thread
            LOG.error("%s was kept for %s s by:\n%s", self.path, PATIENCE, "".join(traceback.format_stack(holder)))
            raise sqlite3.OperationalError(f"{self.path}: database is locked")
        self._owner = threading.get_ident()

    def give_back(self) -> None:
        self._owner: int | None = None
        self._lock.release()
