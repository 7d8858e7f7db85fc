"""What a plain (unquoted) scalar means: YAML 1.2's core schema, with three refusals in favour of people.

`no`, `off`, `yes` and dates stay text (so `country: NO` is Norway). A number with a leading zero stays text: it is a
postal code or a SIREN, never an octal. `.inf` and `.nan` stay text: no field means them.
"""

from __future__ import annotations

import math
import re
from typing import Final

LARGEST: Final = 2**53
"""The last whole number that every JSON reader keeps exactly."""

WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
FIRST: Final = frozenset("0123456789-+.")
"""What a number begins with."""
_LONGEST: Final = 32


class HugeNumberError(ValueError):
    """A number that cannot be kept exactly."""


def plain(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar. Raises HugeNumberError."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in FIRST:
        return text
    return _number(text)


def _number(text: str) -> str | int | float:
    if _INTEGER.fullmatch(text):
        return _bounded(int(text) if len(text) <= _LONGEST else LARGEST + 1)
    if _OTHER_BASE.fullmatch(text):
        return _bounded(int(text, 0) if len(text) <= _LONGEST else LARGEST + 1)
    if _FLOAT.fullmatch(text):
        return _finite(float(text) if len(text) <= _LONGEST else math.inf)
    return text


def _bounded(value: int) -> int:
    if abs(value) > LARGEST:
        raise HugeNumberError
    return value


def _finite(value: float) -> float:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise HugeNumberError
    return value
