"""Figures for people: whole units, groups of three digits, and what changed with its sign."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from orchestrator.reporting.markup import GAP

_SMALL: Final = 10  # below it one decimal says more than none


def number(value: Fraction | int) -> str:
    """`12 345`, `3.4`."""
    return _written(_rounded(Fraction(value)))


def shift(before: Fraction | int | None, after: Fraction | int) -> str:
    """`120 → 140 (+20)`, `120` where nothing changed that is seen, `120 (new)` where there was nothing.

    What is shown adds up: the difference is that of the rounded figures. A line breaks before it, nowhere else.
    """
    now = _rounded(Fraction(after))
    if before is None:
        return f"{_written(now)} (new)"
    was = _rounded(Fraction(before))
    if was == now:
        return _written(now)
    sign = "+" if now > was else ""
    return f"{_written(was)}{GAP}→{GAP}{_written(now)} ({sign}{_written(now - was)})"


def percent(part: Fraction) -> str:
    """`12.5 %`."""
    return f"{float(part * 100):.1f}".removesuffix(".0") + f"{GAP}%"


def _rounded(value: Fraction) -> Fraction:
    return Fraction(round(value * 10), 10) if abs(value) < _SMALL else Fraction(round(value))


def _written(value: Fraction) -> str:
    whole = value.denominator == 1
    return f"{int(value):,}".replace(",", GAP) if whole else f"{float(value):.1f}"
