"""When an agreement ends: on the day that it names, or when the notice that was given has run."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.tenant import Agreement
from policies.months import months_later


def notice_end(agreement: Agreement) -> dt.date | None:
    """The last day of the notice period; None while nobody has given notice."""
    given = agreement.notice_given
    return months_later(given, agreement.notice_months) if given else None


def last_day(agreement: Agreement) -> dt.date | None:
    """None: it goes on."""
    ends = [day for day in (agreement.end, notice_end(agreement)) if day]
    return min(ends) if ends else None
