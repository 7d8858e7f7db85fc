"""The lists of one credential: each asked for once, kept small, and looked into by id from many threads.

Entries are kept as JSON text: a thousand tenants' objects fit into a few ten megabytes, and whoever takes one out
has it for himself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any, Final

from orchestrator.engine.cloud.connection import Connection
from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.fleet.listing import Listing, Place, listings
from orchestrator.engine.provider import ProviderError

LIST_SECONDS: Final = 600.0  # of one list with all its pages
AT_ONCE: Final = 8  # lists; calls are bounded by service besides


class NotListed(Exception):
    """No list answers this call: it must be made by itself."""


class Missing(NotListed):
    """The list that would tell of this object does not: it may be gone."""


class Lists:
    """`connection`: in the credential's own scope, from which it sees all that it may see.

    `seconds`: how long one list with all its pages, and the repetitions of its calls, may take.
    """

    def __init__(self, connection: Connection, interruption: Event, seconds: float = LIST_SECONDS) -> None:
        self._seconds = seconds
        self._connection = connection
        self._interruption = interruption
        self._guard = Lock()
        self._shelves: dict[Place, Shelf] = {}

    def prepare(self, places: Iterable[Place]) -> None:
        """Ask for several lists at the same time; what goes wrong is told to whoever looks into them."""
        shelves = [self.shelf(place) for place in places]
        if shelves:
            with ThreadPoolExecutor(min(AT_ONCE, len(shelves))) as pool:
                list(pool.map(Shelf.fill, shelves))

    def shelf(self, place: Place) -> Shelf:
        """The list of this place; raises NotListed where there can be none."""
        if place not in listings():
            raise NotListed
        with self._guard:
            if place not in self._shelves:
                self._shelves[place] = Shelf(listings()[place], self._service(place[0]))
            return self._shelves[place]

    def trouble(self, service: str) -> ProviderError | None:
        """Why a list of this service failed that may work later; None: none did."""
        with self._guard:
            shelves = [shelf for (name, _), shelf in self._shelves.items() if name == service]
        return next((shelf.trouble for shelf in shelves if shelf.trouble), None)

    def _service(self, name: str) -> Service:
        return Service(self._connection, name, Deadline(self._seconds, self._interruption))


class Shelf:
    """One list. Filled by whoever comes first, while the others wait."""

    def __init__(self, listing: Listing, service: Service) -> None:
        self.listing = listing
        self._service = service
        self._lock = Lock()
        self._entries: dict[str, bytes] | None = None
        self._problem: ProviderError | None = None

    def fill(self) -> None:
        with self._lock:
            if self._entries is None and self._problem is None:
                try:
                    self._entries = self._asked()
                except ProviderError as problem:
                    self._problem = problem

    @property
    def trouble(self) -> ProviderError | None:
        """What went wrong with it and may work later."""
        return self._problem if self._problem is not None and self._problem.temporary else None

    def one(self, identifier: str) -> Any:
        """The entry; raises Missing when there is none: a list alone proves no absence."""
        text = self._filled().get(identifier)
        if text is None:
            raise Missing
        return json.loads(text)

    def all(self) -> Collection[bytes]:
        """Every entry as JSON text."""
        return self._filled().values()

    def _filled(self) -> dict[str, bytes]:
        self.fill()
        if self._problem is not None:
            if self.trouble:  # a service that is down would fail for each resource anew
                raise self.trouble
            raise NotListed from self._problem
        return self._entries or {}

    def _asked(self) -> dict[str, bytes]:
        listing = self.listing
        found = self._service.pages(listing.path, listing.many, version=listing.version, **listing.query)
        return {
            str(entry.get(listing.identifier, number)): json.dumps(entry, separators=(",", ":")).encode()
            for number, entry in enumerate(entry for page in found for entry in page)
        }
