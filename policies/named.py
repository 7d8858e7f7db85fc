"""Names in a message: a few of them, the rest as a number, so that a thousand tenants still make one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MOST: Final = 3


def named(names: Sequence[str]) -> str:
    """`'a', 'b', 'c' and 4 more`."""
    text = ", ".join(f"'{name}'" for name in names[:MOST])
    return text + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
