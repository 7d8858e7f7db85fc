"""What one of Ansible's events says (ansible-runner's `awx_display`): raw dicts end here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_TAIL: Final = 5
"""Lines of a program's output that a cause shows: the last ones say why it ended."""

_SAID_CHANGED: Final = re.compile(r"^changed: \[", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A task that ended on a host. `result`: the module's; that of a task with `no_log` says no more than that."""

    host: str
    role: str
    task: str
    result: Mapping[str, Any]
    ignored: bool
    said_changed: bool

    @property
    def title(self) -> str:
        return f"{self.role}: {self.task}" if self.role else self.task

    @property
    def hidden(self) -> bool:
        return "censored" in self.result

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed")) or self.said_changed

    @property
    def cause(self) -> str:
        """In the module's own words; empty: hidden, or it says nothing."""
        return _cause(self.result)


def finished(event: Mapping[str, Any]) -> Finished:
    """Of any event that a host's task ends with.

    A result that is hidden has lost whether it changed something; what Ansible displays for it still says so.
    """
    data = event["event_data"]
    return Finished(
        host=data["host"],
        role=data.get("role") or "",
        task=data.get("task") or data.get("task_action") or "",
        result=data.get("res") or {},
        ignored=bool(data.get("ignore_errors")),
        said_changed=bool(_SAID_CHANGED.search(event.get("stdout") or "")),
    )


def _cause(result: Mapping[str, Any]) -> str:
    items = (one for one in result.get("results") or () if isinstance(one, Mapping))
    for item in items:
        if item.get("failed") or item.get("unreachable"):
            label = item.get("item")
            return f"{label}: {_cause(item)}" if isinstance(label, str) else _cause(item)
    said = (result.get(name) for name in ("module_stderr", "stderr", "module_stdout", "stdout"))
    output = next((text for text in said if isinstance(text, str) and text.strip()), "")
    tail = [line.strip() for line in output.strip().splitlines()[-_TAIL:]]
    message = str(result.get("msg") or result.get("reason") or "").strip()
    return " | ".join([message, *tail] if message else tail)
