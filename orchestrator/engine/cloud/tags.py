"""Tags of networking objects: ours among those of others.

`tags` are ours; `allTags` are all. A read keeps of ours what still exists; an update leaves others' alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Tags:
    """The tags of one type's objects."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def create(self, id_: str, inputs: Properties) -> dict[str, Any]:
        tags = sorted(set(inputs.get("tags") or ()))
        if tags:
            self._put(id_, tags)
        return {"tags": tags, "allTags": tags} if tags else {"allTags": []}

    def read(self, body: Mapping[str, Any], known: Properties) -> dict[str, Any]:
        everything = sorted(body.get("tags") or ())
        ours = [tag for tag in everything if tag in set(known.get("tags") or ())]
        return {"tags": ours, "allTags": everything}

    def update(self, id_: str, changed: Mapping[str, Any], known: Properties) -> dict[str, Any]:
        theirs = set(known.get("allTags") or ()) - set(known.get("tags") or ())
        ours = sorted(set(changed["tags"] or ()))
        everything = sorted(theirs | set(ours))
        self._put(id_, everything)
        return {"tags": ours, "allTags": everything}

    def _put(self, id_: str, tags: list[str]) -> None:
        path = f"{self._action.type.api.tags}/{quote(id_, safe='')}/tags"
        self._action.service().put(path, {"tags": tags})
