"""The data of a file in which nothing is odd, in half the time: most files have no finding, and need no places.

It judges nothing. Whatever is not plain (an anchor, a tag, a key twice, too large a number, ...) it leaves to
`load`, which says what is wrong and where. What both read is the same; a test with made-up files says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from orchestrator.spec import characters, parser, scalars

MOST_CHARACTERS: Final = 25_000
"""A longer text may hold more values than `load` allows: two a character."""
MOST_LEVELS: Final = 40

_SCALAR: Final = parser.SCALAR
_LIST_END: Final = parser.LIST_END
_WORDS: Final = scalars.WORDS
_FIRST: Final = scalars.FIRST


class NotPlainError(Exception):
    """Something here needs a closer look."""


def plain_data(text: str) -> Any:
    """The value of the text's only document. Raises NotPlainError, or the parser's NotYamlError."""
    if len(text) > MOST_CHARACTERS:
        raise NotPlainError
    following = parser.events(text)
    following()  # the stream begins
    if following().__class__ is parser.STREAM_END:
        raise NotPlainError
    value = _value(following(), following, MOST_LEVELS)
    following()  # the document ends
    if following().__class__ is not parser.STREAM_END:
        raise NotPlainError
    return value


def _value(event: Any, following: Callable[[], Any], levels: int) -> Any:
    """The value that begins with this event. `levels`: how deep it may go."""
    kind = event.__class__
    if kind is _SCALAR:
        return _scalar(event)
    if kind is parser.ALIAS or levels == 0 or event.anchor is not None or event.tag is not None:
        raise NotPlainError
    if kind is parser.LIST:
        items = []
        while (event := following()).__class__ is not _LIST_END:
            items.append(_value(event, following, levels - 1))
        return items
    return _mapping(following, levels - 1)


def _mapping(following: Callable[[], Any], levels: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    while (event := following()).__class__ is _SCALAR:
        key = _scalar(event)
        if key in data or key.__class__ is not str or key == "<<":
            raise NotPlainError
        event = following()
        data[key] = _scalar(event) if event.__class__ is _SCALAR else _value(event, following, levels)
    if event.__class__ is not parser.MAPPING_END:
        raise NotPlainError
    return data


def _scalar(event: Any) -> Any:
    if event.anchor is not None or event.tag is not None:
        raise NotPlainError
    text, style = event.value, event.style
    if style:
        if style == '"' and characters.escaped(text):
            raise NotPlainError
        return text
    if text and text[0] not in _FIRST and text not in _WORDS:  # what nearly all are; the same as below
        return text
    try:
        return scalars.plain(text)
    except scalars.HugeNumberError as error:
        raise NotPlainError from error
