"""Memory that collections leave behind goes back to the system: for the GNU C library, elsewhere nothing happens.

Each thread that reads a page of a list gets a heap of its own from malloc, and none of them shrinks while one small
piece of it is in use: a fifth of an exporter's memory was such holes. Threads of Python gain nothing from many heaps,
since one of them runs at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Final

M_ARENA_MAX: Final = -8  # mallopt(3)


def keep_one_heap() -> None:
    """For all threads to come, whatever MALLOC_ARENA_MAX says. Of the whole process, so for a program of its own."""
    _call("mallopt", M_ARENA_MAX, 1)


def give_back() -> None:
    """What is free, malloc_trim(3). Other threads run meanwhile."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    if function := _function(name):
        function(*arguments)


@cache
def _function(name: str) -> Callable[..., int] | None:
    try:
        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None  # another C library
    return found
