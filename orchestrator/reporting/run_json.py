"""The report of a run as JSON (schemaVersion 1): the fields of `model.outcome.RunReport`."""

from __future__ import annotations

import json
from dataclasses import asdict

from orchestrator.model.outcome import RunReport


def report_to_json(report: RunReport) -> str:
    return json.dumps({"schemaVersion": 1, "failed": report.failed, **asdict(report)}, indent=1) + "\n"
