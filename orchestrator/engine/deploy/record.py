"""What an operation has begun and changed: the snapshot, and the intents whose end is not known yet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Snapshot


class Intents(Protocol):
    """Where intents are made to last before an action begins; see the backend's journal."""

    def intend(self, kind: str, resource: Resource) -> int: ...

    def identify(self, action: int, identity: str) -> None: ...

    def settle(self, action: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An action that began and of whose end nothing is known. `kind`: creating, updating or deleting."""

    kind: str
    resource: Resource


class Action:
    """One action while it runs. `uncertain`: it may have happened though it failed; the next operation looks."""

    def __init__(self, number: int, record: Record) -> None:
        self._number = number
        self._record = record
        self.identity = ""
        self.uncertain = False

    def identified(self, identity: str) -> None:
        """The API has answered with an id."""
        self.identity = identity
        self._record.identify(self._number, identity)


class Record:
    """Safe to use from many threads."""

    def __init__(self, snapshot: Snapshot, intents: Intents) -> None:
        self.snapshot = snapshot
        self._intents = intents
        self._lock = threading.Lock()
        self._open: dict[int, Begun] = {}

    @contextmanager
    def action(self, kind: str, resource: Resource) -> Iterator[Action]:
        """The length of an action: what the block puts into the snapshot is on disk when it ends.

        An exception nobody foresaw leaves the intent open: nobody knows whether the action happened.
        """
        number = self._intents.intend(kind, resource)
        with self._lock:
            self._open[number] = Begun(kind=kind, resource=resource)
        action = Action(number, self)
        try:
            yield action
        finally:
            if not action.uncertain:
                self._settle(number)

    def identify(self, number: int, identity: str) -> None:
        with self._lock:
            begun = self._open[number]
            self._open[number] = replace(begun, resource=replace(begun.resource, id=identity))
        self._intents.identify(number, identity)

    def left_open(self) -> tuple[Begun, ...]:
        """Actions of whose end nothing is known."""
        with self._lock:
            return tuple(self._open.values())

    def _settle(self, number: int) -> None:
        self._intents.settle(number)
        with self._lock:
            del self._open[number]
