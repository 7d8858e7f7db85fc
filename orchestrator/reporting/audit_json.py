"""An audit as JSON: the fields of `model.audit.AuditReport`, in camelCase; its shape is `schema/audit.json`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport

SCHEMA_VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; new fields come without notice."""


def audit_to_json(report: AuditReport) -> str:
    data = {
        "schemaVersion": SCHEMA_VERSION,
        "region": report.region,
        "startedAt": report.started_at,
        "seconds": round(report.seconds, 3),
        "findings": report.findings,
        "complete": not report.unmeasured,
        "hosts": [_host(one) for one in report.hosts],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def audit_schema() -> str:
    """The schema (draft 2020-12) as text, as it is published."""
    return (files("orchestrator.reporting") / "schema" / "audit.json").read_text(encoding="utf-8")


def _host(host: AuditedHost) -> dict[str, Any]:
    failure = host.failure
    return {
        "host": host.host,
        "level": host.level.value,
        "status": host.status.value,
        "measuredAt": host.measured_at,
        "container": host.container,
        "contentVersion": host.content,
        "score": None if host.score is None else round(host.score, 4),
        "counts": {standing.value: number for standing, number in host.counts.items()},
        "failure": None
        if failure is None
        else {"cause": failure.cause, "hint": failure.hint, "temporary": failure.temporary},
        "rules": [_rule(one) for one in host.rules],
    }


def _rule(rule: AuditedRule) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "severity": rule.severity,
        "recommendations": list(rule.recommendations),
        "result": rule.result.value,
        "standing": rule.standing.value,
        "why": rule.why,
        "waivedUntil": rule.until or None,
    }
