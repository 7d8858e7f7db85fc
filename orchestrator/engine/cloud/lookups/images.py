"""Look-ups of images: one, or the ids of all that fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.matching import at_least, at_most, holds, named_like
from orchestrator.engine.cloud.lookups.reading import flag, moment, number, ordered
from orchestrator.engine.cloud.lookups.search import Ids, Search
from orchestrator.engine.cloud.resources.image import properties_of

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked, Body


def _active(asked: Asked, bodies: list[Body]) -> list[Body]:  # noqa: ARG001 (one signature)
    return [body for body in bodies if body["status"] == "active"]


def _metadata(body: Body) -> dict[str, Any]:  # noqa: ARG001 (one signature)
    """Glance has had none since its second version."""
    return {}


_ALL: Final = Search(
    service="image",
    path="images",
    many="images",
    keys={"name": "name", "containerFormat": "container_format", "diskFormat": "disk_format",
          "hidden": flag("os_hidden"), "owner": "owner", "visibility": "visibility", "properties": properties_of,
          "tags": ordered("tags")},
    filters={"nameRegex": named_like, "sizeMin": at_least("size"), "sizeMax": at_most("size"), "tag": holds("tags")},
    query=frozenset({"name", "visibility", "owner"}),
    sent={"memberStatus": "member_status", "sort": "sort", "hidden": "os_hidden"},
    defaults={"hidden": False, "sort": "name:asc"},
    extended=_active,
)  # fmt: skip
IMAGE: Final = replace(
    _ALL,
    told={"checksum": "checksum", "createdAt": moment("created_at"), "updatedAt": moment("updated_at"),
          "file": "file", "schema": "schema", "metadata": _metadata, "minDiskGb": number("min_disk"),
          "minRamMb": number("min_ram"), "protected": flag("protected"), "sizeBytes": number("size")},
    newest="created_at",
    defaults={**_ALL.defaults, "mostRecent": False},
)  # fmt: skip
IMAGE_IDS: Final = Ids(search=_ALL)
