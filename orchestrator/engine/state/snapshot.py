"""The resources of a stack while an operation changes them; every change is told to a listener.

Entries are known by a number, because a URN may stand twice while a resource is being replaced. The numbers of
what was loaded are its positions in the checkpoint, so that a journal can refer to them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from orchestrator.engine.state.order import ordered
from orchestrator.engine.state.resource import Resource


class Entry(NamedTuple):
    key: int
    resource: Resource


class Listener(Protocol):
    """Whoever makes changes last, such as a journal."""

    def put(self, key: int, resource: Resource) -> None: ...

    def drop(self, key: int) -> None: ...


class Snapshot:
    """Safe to use from many threads."""

    def __init__(self, resources: Iterable[Resource], listener: Listener | None = None) -> None:
        self._lock = threading.RLock()
        self._listener = listener
        self._entries = dict(enumerate(resources))
        self._next = len(self._entries)
        self._live = {resource.urn: key for key, resource in self._entries.items() if not resource.delete}
        self._done: dict[int, None] = {}

    def live(self, urn: str) -> Entry | None:
        """The entry of this name that is not on its way out."""
        with self._lock:
            key = self._live.get(urn)
            return None if key is None else Entry(key, self._entries[key])

    def entries(self) -> tuple[Entry, ...]:
        with self._lock:
            return tuple(Entry(key, resource) for key, resource in self._entries.items())

    def put(self, resource: Resource, key: int | None = None) -> int:
        """Record a resource under its number (a new one if none is given); it now counts as completed."""
        with self._lock:
            if key is None:
                key, self._next = self._next, self._next + 1
            self._done[key] = None
            self.amend(key, resource)
            return key

    def amend(self, key: int, resource: Resource) -> None:
        """Change what is recorded of a resource without counting it as completed."""
        with self._lock:
            before = self._entries.get(key)
            if before is not None and self._live.get(before.urn) == key:
                del self._live[before.urn]
            self._entries[key] = resource
            if not resource.delete:
                self._live[resource.urn] = key
            if self._listener is not None and resource != before:
                self._listener.put(key, resource)

    def drop(self, key: int) -> None:
        with self._lock:
            resource = self._entries.pop(key)
            self._done.pop(key, None)
            if self._live.get(resource.urn) == key:
                del self._live[resource.urn]
            if self._listener is not None:
                self._listener.drop(key)

    def resources(self) -> tuple[Resource, ...]:
        """In the order of a checkpoint: as completed, then what this operation did not touch."""
        with self._lock:
            untouched = (key for key in self._entries if key not in self._done)
            return ordered([self._entries[key] for key in (*self._done, *untouched)])
