"""The only place that asks what time it is."""

from __future__ import annotations

import datetime as dt


class SystemClock:
    def now(self) -> dt.datetime:
        """The time, UTC and aware."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 this is the Clock port's real side
