"""Where a region's ledger lies."""

from __future__ import annotations

from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.settings import Settings


def ledger_of(region: str, settings: Settings) -> LedgerFiles:
    return LedgerFiles(settings.region_folder(region) / "ledger")
