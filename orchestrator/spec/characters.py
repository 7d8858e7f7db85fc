"""Bytes to text: only plain UTF-8, and only characters that a reviewer sees as they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 1024 * 1024
"""A tenant's spec has some KiB; a thousand servers fit into one MiB."""

_UNSEEN: Final = "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
FORBIDDEN: Final = re.compile(f"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f{_UNSEEN}]|\r(?!\n)")
"""Controls (tab and lone carriage return included), bidirectional and other invisible characters, odd line ends."""

_LIKE_LATIN: Final = "\u0391-\u03a1\u03a4-\u03a7\u03bf\u03c1\u03c5\u03bd\u0400-\u052f\u0531-\u0587"
_LIKE_LATIN_LETTER: Final = re.compile(f"[{_LIKE_LATIN}]")
_MIXED: Final = re.compile(f"(?<=[A-Za-z])[{_LIKE_LATIN}]|[{_LIKE_LATIN}](?=[A-Za-z])")
"""A Greek, Cyrillic or Armenian letter in a word of Latin ones: it looks like one of them, and is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a file, before it has a path: `name` in the table of codes; line and column from 0."""

    name: str
    message: str
    hint: str
    line: int = 0
    column: int = 0


def decode(content: bytes) -> str | Fault:
    """The text of a file, or why it is refused."""
    if len(content) > MOST_BYTES:
        return Fault(
            name="too-large",
            message=f"the file has more than {MOST_BYTES} bytes",
            hint="split it: one document in a file",
        )
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return Fault(name="encoding", message="the file begins with a byte order mark", hint="save it as plain UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _count(content[: error.start].decode("utf-8", "replace"))
        return Fault(
            name="encoding",
            message=f"byte 0x{content[error.start]:02x} is not UTF-8",
            hint="save the file as UTF-8",
            line=line,
            column=column,
        )
    return forbidden(text) or text


def forbidden(text: str) -> Fault | None:
    """The first character of a file that a reviewer would not see as it is."""
    found = FORBIDDEN.search(text)
    if not found:
        return None if text.isascii() else _mixed(text)
    line, column = _count(text[: found.start()])
    character = found.group()
    hint = "indent with spaces; inside a text write \\t in double quotes" if character == "\t" else "remove it"
    return Fault(
        name="forbidden-character", message=f"{describe(character)} is refused", hint=hint, line=line, column=column
    )


def _mixed(text: str) -> Fault | None:
    found = _MIXED.search(text) if _LIKE_LATIN_LETTER.search(text) else None
    if not found:
        return None
    line, column = _count(text[: found.start()])
    message = f"{describe(found.group())} stands among Latin letters"
    hint = "write the Latin letter that it looks like, or set the word apart"
    return Fault(name="forbidden-character", message=message, hint=hint, line=line, column=column)


def escaped(value: str) -> str:
    """The first character that no escape in double quotes may write, or nothing. A tab may be written so."""
    found = FORBIDDEN.search(value.replace("\t", " "))
    return found.group() if found else ""


def describe(character: str) -> str:
    """A character by number and name, as it cannot be shown: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    known = {"\t": "TAB", "\r": "CARRIAGE RETURN", "\0": "NUL"}
    name = known.get(character) or unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {name}"


def _count(before: str) -> tuple[int, int]:
    """(line, column) from 0 after this text."""
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)
