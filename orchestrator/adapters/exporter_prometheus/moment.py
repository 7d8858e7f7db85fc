"""Days and times of specs and records as Prometheus counts time: seconds since the epoch."""

from __future__ import annotations

import datetime as dt


def end_of_day(last_day: dt.date) -> float:
    """The first moment (UTC) that is no more of that day."""
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp()


def moment(text: str) -> float | None:
    """Of RFC 3339; None for what is no time."""
    try:
        return dt.datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None
