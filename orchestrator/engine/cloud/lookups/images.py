"""The look-up of an image: the only one that may take the newest of several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]


def _images(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    found = [body for body in bodies if body["status"] == "active" and _fits(body, arguments)]
    newest_first = sorted(found, key=lambda body: str(body["created_at"]), reverse=True)
    return newest_first[:1] if arguments.get("mostRecent") else newest_first


def _fits(body: Body, arguments: Properties) -> bool:
    size = body.get("size") or 0
    tags = {*(arguments.get("tags") or ()), *filter(None, [arguments.get("tag")])}
    properties = arguments.get("properties") or {}
    return all((
        re.search(arguments.get("nameRegex") or "", body.get("name") or ""),
        size >= (arguments.get("sizeMin") or 0),
        size <= (arguments.get("sizeMax") or size),
        tags <= set(body.get("tags") or ()),
        all(str(body.get(key)) == str(value) for key, value in properties.items()),
    ))  # fmt: skip


IMAGE: Final = Search(
    kind="openstack:images/image:Image",
    keys={"name": "name", "containerFormat": "container_format", "diskFormat": "disk_format", "hidden": "os_hidden",
          "owner": "owner", "visibility": "visibility"},
    query=frozenset({"name", "visibility", "owner", "hidden"}),
    listing="images",
    narrow=_images,
)  # fmt: skip
