"""What a region's state folder tells: what was last applied, what the last run did, which steps are pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.audit import AuditReport
from orchestrator.model.drift import DriftRecord
from orchestrator.model.outcome import RunReport
from orchestrator.model.plan import LedgerEntry


class Pending(StrEnum):
    """Why a step would be taken."""

    NEW = "new"  # the ledger does not know it
    CHANGED = "changed"  # its inputs are not those that were last applied
    UNFINISHED = "unfinished"  # its last apply did not end well
    UNREADABLE = "unreadable"  # its ledger entry cannot be read
    RETIRED = "retired"  # everything of it is to be deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """`run`: the last one, None if there was none; `pending`: number of steps, every reason named.

    `drift`: None if nobody ever looked for it; `audit`: None if no host was ever measured.
    """

    ledger: Mapping[str, LedgerEntry]
    run: RunReport | None
    pending: Mapping[Pending, int]
    drift: DriftRecord | None = None
    audit: AuditReport | None = None
