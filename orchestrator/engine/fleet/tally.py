"""What one stack's reads have cost, and which of its resources were left unread."""

from __future__ import annotations

from threading import Lock

from orchestrator.engine.fleet.results import Effort


class Tally:
    """Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listed = self._single = self._confirmed = 0
        self._unread: dict[tuple[str, str], str] = {}

    def listed(self) -> None:
        with self._lock:
            self._listed += 1

    def single(self) -> None:
        with self._lock:
            self._single += 1

    def confirmed(self) -> None:
        with self._lock:
            self._confirmed += 1

    def unread(self, kind: str, id_: str, why: str) -> None:
        with self._lock:
            self._unread[kind, id_] = why

    def why_unread(self, kind: str, id_: str) -> str:
        """Empty for what was read."""
        return self._unread.get((kind, id_), "")

    @property
    def effort(self) -> Effort:
        return Effort(listed=self._listed, single=self._single, confirmed=self._confirmed)


def sum_of(efforts: list[Effort], lists: int) -> Effort:
    return Effort(
        lists=lists,
        listed=sum(one.listed for one in efforts),
        single=sum(one.single for one in efforts),
        confirmed=sum(one.confirmed for one in efforts),
    )
