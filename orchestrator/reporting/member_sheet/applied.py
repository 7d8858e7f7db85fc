"""What the ledger says: when the tenant was last applied, and who reviewed that."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.plan import LedgerEntry
from orchestrator.model.provenance import Provenance
from orchestrator.reporting.member_sheet.markdown import facts, section
from orchestrator.reporting.provenance import reviewed_line


def applied(entry: LedgerEntry | None) -> Iterator[str]:
    """Nothing where nobody knows: another machine's ledger, or a tenant that is still to come."""
    if entry is None or entry.problem:
        return
    origin = entry.provenance or Provenance()
    yield from section(
        "Last applied",
        facts(
            [
                ("at", entry.applied_at or "an apply has begun and not ended"),
                ("objects", entry.resources or ""),
                ("reviewed", reviewed_line(origin)),
                ("commit", origin.commit),
                ("pipeline", origin.pipeline),
            ]
        ),
    )
