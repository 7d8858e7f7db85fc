"""Whether an object is one that was asked for, where that is more than one equal value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud import values
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.lookups.asked import Body

    Filter = Callable[[Body, Any], bool]


def fits(told: Any, wanted: Any) -> bool:
    """Equal as texts; of a list or a map all that was asked for has to be there."""
    if isinstance(wanted, dict):
        return isinstance(told, dict) and all(key in told and fits(told[key], item) for key, item in wanted.items())
    if isinstance(told, list | tuple):
        wanted = wanted if isinstance(wanted, list | tuple) else [wanted]
        return set(map(_text, wanted)) <= set(map(_text, told))
    return _text(told) == _text(wanted)


def holds(key: str) -> Filter:
    """The list under `key` has all that is wanted (tags)."""
    return lambda body, wanted: fits(body.get(key) or [], wanted)


def holds_any(key: str) -> Filter:
    """The list under `key` has one of those that are wanted (security groups)."""
    return lambda body, wanted: not set(body.get(key) or ()).isdisjoint(wanted)


def at_least(key: str) -> Filter:
    return lambda body, wanted: (body.get(key) or 0) >= values.scalar("int", wanted)


def at_most(key: str) -> Filter:
    """0 is no limit."""
    return lambda body, wanted: not wanted or (body.get(key) or 0) <= values.scalar("int", wanted)


def named_like(body: Body, wanted: Any) -> bool:
    """The name has a part that the regular expression fits; no name fits none."""
    try:
        return bool(body.get("name")) and re.search(str(wanted), body["name"]) is not None
    except re.error as error:
        raise ProviderError(f"nameRegex {wanted!r} is no regular expression: {error}") from None


def _text(value: Any) -> str:
    return "" if value is None else str(values.scalar("str", value))
