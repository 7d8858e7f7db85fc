"""`preview --json`: what a preview found, as one JSON document in the shape of Pulumi's command line."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any, Final

from orchestrator.engine.deploy.report import Sink

_NANOSECONDS: Final = 1_000_000_000


class PreviewDigest:
    """Collects the events of a preview and hands them on. Safe to use from many threads."""

    def __init__(self, onward: Sink | None) -> None:
        self._onward = onward
        self._lock = threading.Lock()
        self._steps: list[dict[str, Any]] = []
        self._diagnostics: list[dict[str, Any]] = []
        self._found: dict[str, Any] = {}

    def take(self, kind: str, fields: Mapping[str, Any]) -> None:
        with self._lock:
            if kind == "preludeEvent":
                self._found["config"] = fields["config"]
            elif kind == "resourcePreEvent":
                self._steps.append(_step(fields["metadata"]))
            elif kind == "diagnosticEvent" and fields["severity"] != "debug":
                names = ("urn", "prefix", "message", "severity")
                self._diagnostics.append({name: fields[name] for name in names if name in fields})
            elif kind == "summaryEvent":
                self._found["duration"] = fields["durationSeconds"] * _NANOSECONDS
                self._found["changeSummary"] = fields["resourceChanges"]
        if self._onward is not None:
            self._onward(kind, fields)

    def text(self) -> str:
        return json.dumps({**self._found, "steps": self._steps, "diagnostics": self._diagnostics}, indent=2)


def _step(metadata: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "op": metadata["op"],
        "urn": metadata["urn"],
        "provider": metadata["provider"],
        "oldState": metadata["old"],
        "newState": metadata["new"],
        "diffReasons": metadata["diffs"],
        "replaceReasons": metadata["keys"],
        "detailedDiff": {
            path: {"kind": change["diffKind"], "inputDiff": change["inputDiff"]}
            for path, change in metadata["detailedDiff"].items()
        },
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}
