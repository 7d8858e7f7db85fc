"""What of an object's body a result says, where that is more than one of its values."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orchestrator.engine.cloud.lookups.asked import Body

    Reader = Callable[[Body], Any]
    Key = str | Reader  # a key of the body, whose absence is an empty text, or what makes a value of the body


def told(body: Body, key: Key) -> Any:
    value = body.get(key) if isinstance(key, str) else key(body)
    return "" if value is None else value


def flag(key: str) -> Reader:
    return lambda body: bool(body.get(key))


def number(key: str) -> Reader:
    """0 where there is none: some services say "" or give digits as a text."""
    return lambda body: int(body.get(key) or 0)


def items(key: str) -> Reader:
    return lambda body: list(body.get(key) or ())


def ordered(key: str) -> Reader:
    """A list without an order of its own (tags)."""
    return lambda body: sorted(body.get(key) or ())


def mapping(key: str) -> Reader:
    return lambda body: dict(body.get(key) or {})


def each(key: str, fields: Mapping[str, str]) -> Reader:
    """A list of objects: result name -> key of each."""
    return lambda body: [
        {name: one[inner] for name, inner in fields.items() if one.get(inner) is not None}
        for one in body.get(key) or ()
    ]


def moment(key: str) -> Reader:
    """A time as RFC 3339 has it, in UTC; "" where there is none."""
    return lambda body: _time(body.get(key), "%Y-%m-%dT%H:%M:%SZ")


def spoken_moment(key: str) -> Reader:
    """A time as Go prints one: what the official provider answers with here and there."""
    return lambda body: _time(body.get(key), "%Y-%m-%d %H:%M:%S +0000 UTC")


def _time(text: str | None, form: str) -> str:
    if not text:
        return ""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).strftime(form)


def id_of_many(ids: Iterable[str], between: str = ",") -> str:
    """The id of an answer that is a list: the official provider's checksum of what is in it."""
    return str(zlib.crc32(between.join(ids).encode()))
