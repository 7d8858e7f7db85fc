"""Lists that come in pages, whatever way a service says that there is more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.errors import PermanentFailure

PAGE: Final = 1000  # Nova's and Cinder's default upper bound; a lower one of the cloud works too, with more calls


def pages(
    door: Door, service: str, path: str, key: str, *, version: str = "", params: Mapping[str, Any] | None = None
) -> Iterator[Any]:
    """Every item of a list, in the service's order. `key`: name of the list in the answer.

    A list ends where the service says so: by the absence of `<key>_links` with rel=next (Nova, Cinder, Neutron).
    Raises PermanentFailure when a page has no end (the service repeats itself).
    """
    query = dict(params or {}) | {"limit": PAGE}
    seen: set[str] = set()
    while True:
        body = door.get(service, path, version=version, params=query)
        items = body[key]
        yield from items
        if not items or not _more(body.get(f"{key}_links", ())):
            return
        marker = str(items[-1]["id"])
        if marker in seen:
            raise PermanentFailure(f"GET {service} /{path} does not come to an end: page {marker} came twice")
        seen.add(marker)
        query["marker"] = marker


def _more(links: Any) -> bool:
    return any(link.get("rel") == "next" for link in links)
