"""Deleting what is in a container, with all versions, for one whose program said `forceDestroy`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.rest import Service

_AT_ONCE: Final = 8
_PAGE: Final = 1000


def empty(action: Action, path: str) -> int:
    """Delete the objects that the container lists; how many there were."""
    service, count = action.service(), 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while objects := service.call("GET", path, params={"format": "json", "limit": _PAGE, "versions": "true"}).body:
            action.deadline.check(f"the objects in {path} to be deleted")
            removed = sum(pool.map(lambda found: _remove(service, path, found), objects))
            count += removed
            if not removed:  # listed still, and gone already: the listing will follow
                break
    return count


def _remove(service: Service, path: str, found: dict[str, Any]) -> bool:
    version = found.get("version_id")
    of_version = f"?version-id={quote(str(version), safe='')}" if version else ""
    return service.delete(f"{path}/{quote(found['name'])}{of_version}")
