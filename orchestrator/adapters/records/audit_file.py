"""The record of what audits measured: one JSON file, replaced whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.records.record_file import RecordFile
from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Result, Standing
from orchestrator.model.host_result import HostStatus
from orchestrator.model.site import HardeningLevel

VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; a record of another version is none."""


class AuditFile(RecordFile[AuditReport]):
    """`path`: `audit.json` in the region's folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, VERSION, _report)


def _report(kept: Mapping[str, Any]) -> AuditReport:
    return AuditReport(**{**kept, "hosts": tuple(_host(one) for one in kept["hosts"])})


def _host(data: Mapping[str, Any]) -> AuditedHost:
    """Only what was measured is kept: a failure never stands here."""
    return AuditedHost(
        **{
            **data,
            "level": HardeningLevel(data["level"]),
            "status": HostStatus(data["status"]),
            "rules": tuple(_rule(one) for one in data["rules"]),
        }
    )


def _rule(data: Mapping[str, Any]) -> AuditedRule:
    return AuditedRule(
        **{
            **data,
            "recommendations": tuple(data["recommendations"]),
            "result": Result(data["result"]),
            "standing": Standing(data["standing"]),
        }
    )
