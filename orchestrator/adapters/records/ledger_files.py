"""The ledger: one small JSON file a step, replaced whole, so that tenants' steps never wait for each other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestrator.adapters.records.private import write_whole
from orchestrator.adapters.records.provenance_record import FIELD, provenance_of
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.quota_record import QuotaRecord


class LedgerFiles:
    """Entries in `folder`: `region.json`, `tenant.<name>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> Mapping[str, LedgerEntry]:
        """All entries by step name; a folder that is not there yet is an empty ledger.

        One that cannot be read says so itself: it is its step's problem, not the region's.
        """
        entries = (_entry(path) for path in sorted(self._folder.glob("[!.]*.json")))
        return {entry.step: entry for entry in entries if entry}

    def record(self, entry: LedgerEntry) -> None:
        write_whole(self._path(entry.step), json.dumps(_kept(entry), indent=1, sort_keys=True) + "\n")

    def forget(self, step: str) -> None:
        self._path(step).unlink(missing_ok=True)

    def _path(self, step: str) -> Path:
        return self._folder / (step.replace("/", ".") + ".json")


def _entry(path: Path) -> LedgerEntry | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        quota = kept.pop("quota", None)  # entries of before it was kept have none: unknown
        origin = provenance_of(kept) if kept.get(FIELD) else None
        return LedgerEntry(**{**kept, "quota": _quota(quota) if quota else None, FIELD: origin})
    except FileNotFoundError:
        return None  # another step forgot its entry just now
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        step = path.stem.replace(".", "/", 1)
        problem = f"its ledger entry {path} cannot be read ({error})"
        return LedgerEntry(step=step, digest="", applied_at="", resources=0, outputs={}, problem=problem)


def _quota(kept: dict[str, Any]) -> QuotaRecord:
    """Raises TypeError or ValueError for what is no record: rules count the days since its date."""
    record = QuotaRecord(**kept)
    if record.changed_on:
        dt.date.fromisoformat(record.changed_on)
    return record


def _kept(entry: LedgerEntry) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name != "problem"}
