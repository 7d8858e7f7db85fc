"""Waivers by age, for people and for machines. Pure: standings in, text out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from orchestrator.model.waiver_standing import Standing, WaiverStanding
from orchestrator.reporting.findings import printable
from orchestrator.reporting.table import table

SCHEMA_VERSION: Final = 1
_HEAD: Final = ("WAIVER", "RULE", "FOR", "GRANTED", "EXPIRES", "LEFT", "NOW", "APPROVED BY", "REASON")
_LEFT: Final = 5
_WIDEST: Final = 60


def waivers_to_text(standings: Sequence[WaiverStanding]) -> str:
    """A table, oldest first, and a last line that counts."""
    if not standings:
        return "no waivers\n"
    rows = [tuple(printable(cell) for cell in _row(one)) for one in standings]
    return f"{table([_HEAD, *rows], right=frozenset({_LEFT}))}\n\n{_counts(standings)}\n"


def waivers_to_json(standings: Sequence[WaiverStanding]) -> str:
    """`schemaVersion`, and `waivers`, oldest first. `daysLeft`: 0 on the last day; `ageDays`: null: unknown."""
    data = {"schemaVersion": SCHEMA_VERSION, "waivers": [_as_data(one) for one in standings]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _row(one: WaiverStanding) -> tuple[str, ...]:
    waiver = one.waiver
    return (
        waiver.name,
        waiver.rule,
        f"{waiver.object_kind} {waiver.object_name}",
        waiver.granted.isoformat() if waiver.granted else "-",
        waiver.expires.isoformat(),
        f"{one.days_left} d",
        f"suspends {one.suspended}" if one.standing is Standing.SUSPENDS else _SAID[one.standing],
        _short(waiver.approved_by),
        _short(waiver.reason),
    )


_SAID: Final = {
    Standing.IDLE: "suspends nothing",
    Standing.PLAN: "see `plan`",
    Standing.AUDIT: "see `audit`",
    Standing.EXPIRED: "EXPIRED",
}


def _counts(standings: Sequence[WaiverStanding]) -> str:
    counts = Counter(one.standing for one in standings)
    said = {
        Standing.SUSPENDS: "needed now",
        Standing.IDLE: "suspending nothing",
        Standing.PLAN: "for plans",
        Standing.AUDIT: "for audits",
        Standing.EXPIRED: "expired: these count no more",
    }
    return f"{len(standings)} in all: " + ", ".join(f"{counts[one]} {said[one]}" for one in Standing if counts[one])


def _as_data(one: WaiverStanding) -> dict[str, Any]:
    waiver = one.waiver
    return {
        "name": waiver.name,
        "rule": waiver.rule,
        "object": {"kind": waiver.object_kind, "name": waiver.object_name},
        "reason": waiver.reason,
        "approvedBy": waiver.approved_by,
        "granted": waiver.granted.isoformat() if waiver.granted else None,
        "expires": waiver.expires.isoformat(),
        "daysLeft": one.days_left,
        "ageDays": one.age_days,
        "standing": one.standing.value,
        "suspendedFindings": one.suspended,
    }


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
