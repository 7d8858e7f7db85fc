"""What the state folder of a region tells, for those that only look: the exporter."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.records.audit_file import AuditFile
from orchestrator.adapters.records.journal_file import JournalFile
from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.adapters.stacks_pulumi import embedded_engine, official_engine
from orchestrator.errors import MutualisError
from orchestrator.model.outcome import RunReport
from orchestrator.model.plan import LedgerEntry, Versions
from orchestrator.model.records import Pending, Records
from orchestrator.model.region import Engine
from orchestrator.model.specs import Specs
from orchestrator.planning.pending import pending
from orchestrator.settings import Settings
from orchestrator.wiring.drift import drift_file
from orchestrator.wiring.hosts import roles_version
from stacks import PROGRAM_VERSION

RecordSource = Callable[[Specs], Records | None]
"""What is known of a region; None when nothing was ever applied from this state folder, or it may not be read."""


def region_records(settings: Settings) -> RecordSource:
    """Reads ledger and last report anew at each call. A part that cannot be read is not known, the rest is.

    Digests of a thousand environments take a second: they are made again when specs, ledger or day are others.
    """
    kept = _KeptPending()

    def records(specs: Specs) -> Records | None:
        folder = settings.region_folder(specs.region.name)
        if not os.access(folder / "ledger", os.R_OK | os.X_OK):
            return None
        ledger = LedgerFiles(folder / "ledger").read()
        journal = JournalFile(folder / "journal", SystemClock())
        drift = drift_file(specs.region.name, settings).read()
        audit = AuditFile(folder / "audit.json").read()
        return Records(ledger=ledger, run=_last(journal), pending=kept.of(specs, ledger), drift=drift, audit=audit)

    return records


class _KeptPending:
    """Pending steps of the last specs, ledger and day that were asked for."""

    def __init__(self) -> None:
        self._asked: tuple[Specs, Mapping[str, LedgerEntry], dt.date] | None = None
        self._found: Mapping[Pending, int] = {}

    def of(self, specs: Specs, ledger: Mapping[str, LedgerEntry]) -> Mapping[Pending, int]:
        """Empty when the engine that the Region names is not on this machine."""
        asked = specs, ledger, SystemClock().now().date()
        if self._asked != asked:
            try:
                self._found = pending(specs, ledger, _versions(specs.region.engine), asked[2], roles=roles_version())
            except MutualisError:
                self._found = {}
            self._asked = asked
        return self._found


def _last(journal: JournalFile) -> RunReport | None:
    try:
        return journal.last()
    except (MutualisError, OSError, ValueError, KeyError):
        return None  # `mutualis report` says what is wrong with it


@cache
def _versions(engine: Engine) -> Versions:
    """Asked once: for the official engine that starts its CLI."""
    carrier = official_engine() if engine is Engine.OFFICIAL else embedded_engine()
    return Versions(
        program=PROGRAM_VERSION,
        engine=carrier.name,
        engine_version=carrier.version,
        provider=version("pulumi_openstack"),
    )
