"""The Clock port: time that stands still until a test moves it."""

from __future__ import annotations

import datetime as dt

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


class FakeClock:
    def __init__(self, start: dt.datetime = START) -> None:
        self._now = start

    def now(self) -> dt.datetime:
        return self._now

    def forward(self, **by: float) -> None:
        """Move by days, hours, seconds (the arguments of timedelta)."""
        self._now += dt.timedelta(**by)
