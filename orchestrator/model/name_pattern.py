"""Patterns of names: `*` stands for anything, `{tenant}` for a tenant's name.

Patterns come from specs, so they are never given to a regular expression: the time here is linear in the name.
"""

from __future__ import annotations

from typing import Final

ANY: Final = "*"
TENANT: Final = "{tenant}"


def matches(pattern: str, name: str, *, tenant: str = "") -> bool:
    """Whether the whole name has the pattern's form."""
    first, *rest = pattern.replace(TENANT, tenant).split(ANY)
    if not rest:
        return name == first
    *middle, last = rest
    if len(name) < len(first) + len(last) or not name.startswith(first) or not name.endswith(last):
        return False
    at, end = len(first), len(name) - len(last)
    for part in middle:  # the leftmost place of each part leaves the most room for the others
        found = name.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
