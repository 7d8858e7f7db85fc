"""What a part of a review is made of, before anybody decides between text and Markdown. All texts are raw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.model.finding import Finding

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`right`: columns of numbers; `more`: rows that are left out."""

    head: Row
    rows: tuple[Row, ...]
    right: frozenset[int] = frozenset()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence; `loud`: nobody may overlook it."""

    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines that only some readers want to see, under a title. Each begins with its mark: `+`, `-`, `~` or a space."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Findings, those that refuse first; `more`: that are left out."""

    findings: tuple[Finding, ...]
    more: int = 0


Block = Grid | Said | Listing | Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


def limited(rows: Sequence[Row], most: int) -> tuple[tuple[Row, ...], int]:
    """(the first ones, how many more there are)."""
    return tuple(rows[:most]), max(0, len(rows) - most)


def clipped(text: str, most: int = 200) -> str:
    """One line of a bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
