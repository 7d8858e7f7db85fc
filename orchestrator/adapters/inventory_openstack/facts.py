"""Single facts out of a service's answer, each held against the type that it must have.

A wrong type must stop at its own part: further in, one text among a thousand numbers would take every figure with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

LARGEST: Final = 2**53
"""What a float can count to: Prometheus' values are floats, and no amount of a cloud comes near."""


class WrongAnswer(TypeError):
    """A fact is not what the API promises. Says what was there instead."""


def whole(value: Any) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise WrongAnswer(f"a whole number was expected, not {_shown(value)}")
    return value


def number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) > LARGEST:
        raise WrongAnswer(f"a number was expected, not {_shown(value)}")
    return float(value)


def text(value: Any) -> str:
    """A text that can be written down anywhere: half a surrogate pair becomes a question mark."""
    if not isinstance(value, str):
        raise WrongAnswer(f"a text was expected, not {_shown(value)}")
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def text_or_none(value: Any) -> str:
    """The same; empty for null."""
    return "" if value is None else text(value)


def mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongAnswer(f"an object was expected, not {_shown(value)}")
    return value


def items(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    if not isinstance(value, list):
        raise WrongAnswer(f"a list was expected, not {_shown(value)}")
    return [mapping(one) for one in value]


def _shown(value: Any) -> str:
    return f"{value!r:.60}"
