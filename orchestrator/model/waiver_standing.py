"""How a waiver stands on a day: whether it counts, and whether anything needs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.specs import Waiver


class Standing(StrEnum):
    SUSPENDS = "suspends"  # findings of the specs, now
    IDLE = "idle"  # the rule holds without it
    PLAN = "plan"  # its rule judges plans: only a plan shows whether it is needed
    AUDIT = "audit"  # its rule is measured on hosts: only an audit shows whether it is needed
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverStanding:
    """`suspended`: findings; `days_left`: 0 on the last day, negative afterwards; `age_days`: None if not written."""

    waiver: Waiver
    standing: Standing
    suspended: int
    days_left: int
    age_days: int | None
