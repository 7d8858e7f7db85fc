"""What a journal tells of a run that left no report: it was killed, or it is still under way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.records.provenance_record import provenance_of
from orchestrator.model.outcome import Failure, Outcome, RunReport, Status

NOTE: Final = "under way when the run ended without a report, or still under way; the next apply finishes it"


def unreported(path: Path, region: str) -> RunReport:
    """A report of what the journal holds; steps that were begun and not finished are waiting."""
    events = list(_events(path))
    last = {event["step"]: event for event in events if "step" in event}  # a step may have had two turns
    finished = [_outcome_of_event(event) for event in last.values() if event["event"] == "step-finished"]
    begun = [step for step, event in last.items() if event["event"] == "step-started"]
    waiting = (Outcome(step=step, status=Status.WAITING, seconds=0.0, note=NOTE) for step in begun)
    started = next((event for event in events if event["event"] == "run-started"), {})
    return RunReport(
        run=path.stem,
        region=region,
        plan_digest=started.get("plan", ""),
        started_at=events[0]["time"] if events else "",
        finished_at="",
        outcomes=(*finished, *waiting),
        untaken=0,
        provenance=provenance_of(started),
    )


def outcome_of(data: dict[str, Any]) -> Outcome:
    failures = tuple(Failure(**item) for item in data["failures"])
    changed = tuple(data.get("changed", ()))  # journals of before hosts were set up have none
    return Outcome(**{**data, "status": Status(data["status"]), "failures": failures, "changed": changed})


def _outcome_of_event(event: dict[str, Any]) -> Outcome:
    return outcome_of({name: value for name, value in event.items() if name not in {"time", "event"}})


def _events(path: Path) -> Iterator[dict[str, Any]]:
    """Whole lines only: the last one may have been cut off."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return
