"""A page of metrics as figures: family and labels -> value."""

from __future__ import annotations

import re
from collections.abc import Mapping

LINE = re.compile(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"')

Series = tuple[str, frozenset[tuple[str, str]]]
Figures = Mapping[Series, float]


def series(family: str, **labels: str) -> Series:
    """A label without a value is as good as none."""
    return family, frozenset((name, value) for name, value in labels.items() if value)


def figures(page: str) -> dict[Series, float]:
    """Prometheus' text format; comments and time stamps left out."""
    found = {}
    for line in page.splitlines():
        if match := LINE.match(line):
            labels = dict(LABEL.findall(match[2] or ""))
            found[series(match[1], **labels)] = float(match[3])
    return found


def differing(page: Figures, right: Figures) -> list[Series]:
    """Series of `right` that the page does not have, or has with another value."""
    return [one for one, value in right.items() if page.get(one) != value]
