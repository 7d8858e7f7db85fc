"""A list as a service gives it: item by item rendered once, cut into pages with markers and links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

LARGEST = 1000
"""Nova's and Cinder's `max_limit`."""
Query = Mapping[str, Sequence[str]]


class Listing:
    """`key`: of the list in the answer; `address`: for links; `paged`: whether the service cuts it into pages itself.

    An answer of as many items as asked for has a link to the next page, which may be empty: so do the services.
    """

    def __init__(self, key: str, items: Iterable[Mapping[str, Any]], *, address: str = "", paged: bool = False) -> None:
        self._key = key
        self._items = tuple(items)
        self._address = address
        self._paged = paged
        self._chosen: dict[tuple[str, ...], Listing] = {}

    @cached_property
    def _rendered(self) -> tuple[bytes, ...]:
        return tuple(json.dumps(item).encode() for item in self._items)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(item["id"]): place for place, item in enumerate(self._items)}

    def answer(self, query: Query) -> bytes:
        """`limit`, `marker` and `fields` of the query count."""
        if "fields" in query:
            without = {key: value for key, value in query.items() if key != "fields"}
            return self._with(tuple(query["fields"])).answer(without)
        begin = self._places[query["marker"][0]] + 1 if "marker" in query else 0
        limit = int(query["limit"][0]) if "limit" in query else 0
        if self._paged:
            limit = min(limit or LARGEST, LARGEST)
        found = self._rendered[begin : begin + limit] if limit else self._rendered[begin:]
        body = b'{"%s": [%s]' % (self._key.encode(), b", ".join(found))
        if limit and len(found) == limit:
            body += b', "%s_links": %s' % (self._key.encode(), self._next(begin + limit - 1, limit))
        return body + b"}"

    def _next(self, last: int, limit: int) -> bytes:
        href = f"{self._address}?limit={limit}&marker={self._items[last]['id']}"
        return json.dumps([{"rel": "next", "href": href}]).encode()

    def _with(self, fields: tuple[str, ...]) -> Listing:
        if fields not in self._chosen:
            items = [{name: item[name] for name in fields} for item in self._items]
            self._chosen[fields] = Listing(self._key, items, address=self._address, paged=self._paged)
        return self._chosen[fields]
