"""Months and years as agreements count them: the same day later, or the last one of a shorter month."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

MONTHS: Final = 12


def months_later(day: dt.date, months: int) -> dt.date:
    """31 January and one month is 28 or 29 February; what no calendar holds is its last day."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
