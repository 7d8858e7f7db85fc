"""A SQLite connection that holds its file's turn while it writes."""

import sqlite3
from typing import ClassVar

from mutualis_lab.write_turn import WriteTurn


class TurnConnection(sqlite3.Connection):
    """Made with ``turn`` as class attribute, one subclass a database file."""

    turn: ClassVar[WriteTurn]
    writing = False

    def begin(self, *, write: bool) -> None:
        """Begin a transaction, or make the present one a writing one.

        A reader that becomes a writer ends its read snapshot at first and begins anew: what it read before may be
        older than what it writes on, as with READ COMMITTED, PostgreSQL's default.
        """
        if write and not self.writing:
            if self.in_transaction:
                super().commit()
            self.turn.take()
            self.writing = True
        if not self.in_transaction:
            try:
                self.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            except BaseException:
                self._give_back()
                raise

    def commit(self) -> None:
        super().commit()  # if this fails the transaction is still open, and the turn still ours
        self._give_back()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_back()

    def _give_back(self) -> None:
        if self.writing:
            self.writing = False
            self.turn.give_back()
