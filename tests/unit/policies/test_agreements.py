"""When agreements end, in months as people count them."""

from __future__ import annotations

import datetime as dt

import pytest

from orchestrator.model.tenant import Agreement
from policies.agreements import last_day
from policies.months import months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-01", 0, "2026-06-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("9999-12-31", 1, "9999-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: str, months: int, later: str) -> None:
    """No month is skipped because it is short."""
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)


@pytest.mark.parametrize(
    ("end", "given", "last"),
    [
        (None, None, None),
        ("2027-12-31", None, "2027-12-31"),
        (None, "2026-01-01", "2026-07-01"),
        ("2027-12-31", "2026-01-01", "2026-07-01"),
        ("2026-03-31", "2026-01-01", "2026-03-31"),
    ],
)
def test_an_agreement_ends_on_its_day_or_when_the_notice_has_run(
    end: str | None, given: str | None, last: str | None
) -> None:
    """Whichever comes first."""
    days = [dt.date.fromisoformat(day) if day else None for day in (end, given, last)]
    agreement = Agreement(
        reference="r",
        deliberation="d",
        start=dt.date(2025, 1, 1),
        notice_months=6,
        end=days[0],
        notice_given=days[1],
    )
    assert last_day(agreement) == days[2]
