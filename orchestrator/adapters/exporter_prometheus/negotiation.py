"""Which form of a page a client takes: format and compression, by its Accept headers (RFC 9110, section 12.5).

Ranges that ask for a version we do not write count as not there, as in Prometheus' own negotiation.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4


class Format(StrEnum):
    """The value is the Content-Type."""

    PLAIN = CONTENT_TYPE_PLAIN_0_0_4
    OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


_VERSIONS: Final = {Format.PLAIN: {"", "0.0.4"}, Format.OPENMETRICS: {"", "1.0.0"}}
_NAMES: Final = {Format.PLAIN: "text/plain", Format.OPENMETRICS: "application/openmetrics-text"}
_MOST_RANGES: Final = 64  # no scraper sends ten


class _Range(NamedTuple):
    name: str
    version: str
    weight: float


def chosen_format(accept: str) -> Format | None:
    """What the client likes best; plain text when it says nothing or likes both the same; None: it takes neither."""
    ranges = tuple(_ranges(accept)) or (_Range("*/*", "", 1.0),)
    weights = {one: _weight(one, ranges) for one in Format}
    best = max(Format, key=lambda one: weights[one])
    return best if weights[best] > 0 else None


def takes_gzip(accept_encoding: str) -> bool:
    """Whether compressed bytes are welcome: named, or by `*`, and not with weight 0."""
    weights = {one.name: one.weight for one in _ranges(accept_encoding)}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def takes_plain_bytes(accept_encoding: str) -> bool:
    """Whether bytes as they are may be sent: unless `identity` (or `*` without it) has weight 0."""
    weights = {one.name: one.weight for one in _ranges(accept_encoding)}
    return weights.get("identity", weights.get("*", 1.0)) > 0


def _weight(wanted: Format, ranges: tuple[_Range, ...]) -> float:
    """Of the most precise range that holds the format: its name before `text/*`, and that before `*/*`."""
    name = _NAMES[wanted]
    for pattern in (name, f"{name.partition('/')[0]}/*", "*/*"):
        found = [one.weight for one in ranges if one.name == pattern and one.version in _VERSIONS[wanted]]
        if found:
            return max(found)
    return 0.0


def _ranges(header: str) -> Iterator[_Range]:
    for part in header.split(",")[:_MOST_RANGES]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        pairs = dict(piece.partition("=")[::2] for piece in parameters)
        if name:
            yield _Range(name, pairs.get("version", "").strip(), _number(pairs.get("q", "1")))


def _number(text: str) -> float:
    """A weight from 0 to 1; what is none counts as 0: nothing is forced on a client that cannot be understood."""
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
