"""Times as Pulumi writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def rfc3339(seconds: float) -> str:
    """`2026-01-02T03:04:05.123456Z`."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def with_milliseconds(seconds: float) -> str:
    """`2026-01-02T03:04:05.000Z`: the SDK's parser asks for a fraction."""
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def seconds(text: str) -> float:
    """Unix time of an RFC 3339 text; Go writes up to nine digits of a second, and offsets where there are some."""
    return datetime.fromisoformat(text).timestamp()
