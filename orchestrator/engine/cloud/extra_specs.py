"""Extra specs: a map beside an object, with calls of its own (flavors, volume types)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action


def replace_specs(action: Action, path: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> None:
    """Bring the specs at `path` from `old` to `new`; those of others stay."""
    for key in sorted(set(old or {}) - set(new or {})):
        action.service().delete(f"{path}/{quote(key, safe='')}")
    if new:
        action.service().post(path, {"extra_specs": {key: str(value) for key, value in new.items()}})
