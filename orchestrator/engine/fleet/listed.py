"""A connection that makes no call: reads are answered from lists, so that a type's own code reads without knowing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from typing_extensions import override

from orchestrator.engine.cloud.connection import Answer, Connection
from orchestrator.engine.fleet.borrowed import BorrowedConnection
from orchestrator.engine.fleet.derived import Derived
from orchestrator.engine.fleet.lists import Lists, NotListed
from orchestrator.engine.provider import ProviderError

_VERSION = "OpenStack-API-Version"


class ListedConnection(BorrowedConnection):
    """Raises NotListed for every call that no list answers. `origin`: tells where and as whom one would ask."""

    def __init__(self, origin: Connection, lists: Lists) -> None:
        super().__init__(origin)
        self._lists = lists
        self._derived = Derived(lists)

    def trouble(self, service: str) -> ProviderError | None:
        """Why a list of this service failed that may work later; None: none did."""
        return self._lists.trouble(service)

    @override
    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        if method != "GET":
            raise NotListed
        query = dict(options.get("params") or {})
        version = dict(options.get("headers") or {}).get(_VERSION, "").partition(" ")[2]
        return Answer(status=HTTPStatus.OK, headers={}, text="", body=self._body(service, path, query, version))

    def _body(self, service: str, path: str, query: dict[str, Any], version: str) -> Any:
        collection, _, identifier = path.rpartition("/")
        try:
            shelf = self._lists.shelf((service, collection))
        except NotListed:
            return self._derived.answer(service, path, query)
        if query.keys() - {"fields"} or shelf.listing.version != version:
            raise NotListed  # another form of it is asked for
        found = shelf.one(unquote(identifier))
        return {shelf.listing.key: found} if shelf.listing.key else found
