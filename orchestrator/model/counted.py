"""Numbers of things in words, for every sentence that tells one."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 server`, `3 servers`. `noun`: one whose plural ends in s."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
