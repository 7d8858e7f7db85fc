"""The report of a run as JSON: the fields of `model.outcome.RunReport`, in camelCase as in specs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from orchestrator.model.outcome import RunReport
from orchestrator.reporting.provenance import provenance_as_data

SCHEMA_VERSION: Final = 2
"""Grows by one when a field changes its meaning or goes. 2: camelCase."""


def report_to_json(report: RunReport) -> str:
    data = {
        "schemaVersion": SCHEMA_VERSION,
        "failed": report.failed,
        "run": report.run,
        "region": report.region,
        "planDigest": report.plan_digest,
        "provenance": provenance_as_data(report.provenance),
        "startedAt": report.started_at,
        "finishedAt": report.finished_at,
        "outcomes": [asdict(outcome) for outcome in report.outcomes],
        "untaken": report.untaken,
    }
    return json.dumps(data, indent=1) + "\n"
