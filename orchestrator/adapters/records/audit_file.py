"""The record of what audits measured: one JSON file, replaced whole."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.records.private import private_directory, write_whole
from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Result, Standing
from orchestrator.model.host_result import HostStatus
from orchestrator.model.site import HardeningLevel

VERSION: Final = 1
"""Grows by one when a field changes its meaning or goes; a record of another version is none."""


class AuditFile:
    """`path`: `audit.json` in the region's folder; beside it a lock, so that two audits follow each other."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> AuditReport | None:
        """None for what is not there, cannot be read, or is of another version: the next audit writes another one."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            if kept.pop("schemaVersion") != VERSION:
                return None
            return AuditReport(**{**kept, "hosts": tuple(_host(one) for one in kept["hosts"])})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def update(self, change: Callable[[AuditReport | None], AuditReport]) -> None:
        folder = private_directory(self._path.parent)
        handle = os.open(folder / f".{self._path.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            data = {"schemaVersion": VERSION, **asdict(change(self.read()))}
            write_whole(self._path, json.dumps(data, indent=1, sort_keys=True) + "\n")
        finally:
            os.close(handle)


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
