"""A dashboard as data: rows of panels, panels of queries, every text in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Said:
    """One text, in each language."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Kind(StrEnum):
    """How a panel shows what its queries answer."""

    BARS = "bars"  # one bar a series, now
    NUMBERS = "numbers"  # one number a series, now
    CURVES = "curves"  # over time


class Unit(StrEnum):
    """Grafana's names of units."""

    PIECES = "short"
    BYTES = "bytes"
    SHARE = "percentunit"
    SECONDS = "s"
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class Query:
    """`legend`: what a series is called, `{{label}}` filled in. `empty`: why there may be no answer, if there may."""

    expression: str
    legend: Said
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`limits`: from which values on it is yellow and red, in this order; the other way round where less is worse.

    `top`: the end of a bar. `width`: of 24 columns; `height`: of about 30 pixels each.
    """

    title: Said
    note: Said
    kind: Kind
    unit: Unit
    queries: tuple[Query, ...]
    limits: tuple[float, float] | None = None
    top: float | None = None
    width: int = 8
    height: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    title: Said
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A variable at the top of a dashboard: the values of a label. `all`: whether none may be chosen."""

    name: str
    title: Said
    values: str  # label_values(...)
    all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """`name`: of its file and its address in Grafana; `days`: what curves show at first."""

    name: str
    title: Said
    note: Said
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    days: int = 14
