"""The ledger: one small JSON file a step, replaced whole, so that tenants' steps never wait for each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from orchestrator.adapters.records.private import write_whole
from orchestrator.errors import PermanentFailure
from orchestrator.model.plan import LedgerEntry


class LedgerFiles:
    """Entries in `folder`: `region.json`, `tenant.<name>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> Mapping[str, LedgerEntry]:
        """All entries by step name; a folder that is not there yet is an empty ledger."""
        entries = (_entry(path) for path in sorted(self._folder.glob("[!.]*.json")))
        return {entry.step: entry for entry in entries if entry}

    def record(self, entry: LedgerEntry) -> None:
        write_whole(self._path(entry.step), json.dumps(asdict(entry), indent=1, sort_keys=True) + "\n")

    def forget(self, step: str) -> None:
        self._path(step).unlink(missing_ok=True)

    def _path(self, step: str) -> Path:
        return self._folder / (step.replace("/", ".") + ".json")


def _entry(path: Path) -> LedgerEntry | None:
    try:
        return LedgerEntry(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None  # another step forgot its entry just now
    except (OSError, ValueError, TypeError) as err:
        raise PermanentFailure(
            f"cannot read the ledger entry {path}",
            hint="remove the file: the next plan then compares that step with the state instead of skipping it",
        ) from err
