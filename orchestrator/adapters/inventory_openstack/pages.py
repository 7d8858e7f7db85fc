"""Lists that come in pages, whatever way a service says that there is more, and whatever vanishes between two pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping
from orchestrator.adapters.inventory_openstack.refusal import Refusal
from orchestrator.errors import PermanentFailure

PAGE: Final = 1000  # Nova's and Cinder's default upper bound; a lower one of the cloud works too, with more calls
MARKERS: Final = 4  # items of a page that may have vanished, one after the other, before the list is given up
MARKER_GONE: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
"""What Nova (400), Neutron and Cinder (404) answer when the item after which to go on is not there any more."""


def pages(
    door: Door, service: str, path: str, key: str, *, version: str = "", params: Mapping[str, Any] | None = None
) -> Iterator[Mapping[str, Any]]:
    """Every item of a list once, in the service's order. `key`: name of the list in the answer.

    A list ends where the service says so: by the absence of `<key>_links` with rel=next (Nova, Cinder, Neutron).
    When a page's last item vanished before the next page was asked for, the list goes on after the item before it.
    Raises PermanentFailure when a list has no end (the service repeats itself).
    """
    asked = _Asked(door, service, path, version, dict(params or {}) | {"limit": PAGE})
    seen: set[str] = set()
    body = asked.first()
    while True:
        page = items(body[key])
        fresh = [item for item in page if item["id"] not in seen]
        seen.update(str(item["id"]) for item in fresh)
        yield from fresh
        if not page or not _more(body.get(f"{key}_links", ())):
            return
        if not fresh:
            raise PermanentFailure(f"GET {service} /{path} does not come to an end: a page came twice")
        body = asked.after(page)


class _Asked:
    """One list's pages, as they are asked for."""

    def __init__(self, door: Door, service: str, path: str, version: str, query: Mapping[str, Any]) -> None:
        self._door = door
        self._service = service
        self._path = path
        self._version = version
        self._query = query

    def first(self) -> Mapping[str, Any]:
        return self._get(self._query)

    def after(self, page: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """The page after the last of these items that is still there."""
        markers = [str(item["id"]) for item in reversed(page)][:MARKERS]
        for marker in markers[:-1]:
            try:
                return self._get({**self._query, "marker": marker})
            except Refusal as refusal:
                if refusal.status not in MARKER_GONE:
                    raise
        return self._get({**self._query, "marker": markers[-1]})

    def _get(self, query: Mapping[str, Any]) -> Mapping[str, Any]:
        return mapping(self._door.get(self._service, self._path, version=self._version, params=query))


def _more(links: Any) -> bool:
    return any(link.get("rel") == "next" for link in items(list(links)))
