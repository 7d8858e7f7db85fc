"""The ledger as one run writes it: each entry says where the run comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestrator.model.plan import LedgerEntry
from orchestrator.model.provenance import Provenance
from orchestrator.ports import Ledger


class SignedLedger:
    def __init__(self, ledger: Ledger, provenance: Provenance) -> None:
        self._ledger = ledger
        self._provenance = provenance

    def read(self) -> Mapping[str, LedgerEntry]:
        return self._ledger.read()

    def record(self, entry: LedgerEntry) -> None:
        self._ledger.record(replace(entry, provenance=self._provenance))

    def forget(self, step: str) -> None:
        self._ledger.forget(step)
