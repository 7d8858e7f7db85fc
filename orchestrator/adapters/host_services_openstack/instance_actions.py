"""Why Nova did not move a server: it tells nobody who moved it, but keeps it in the server's record of actions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.rest import Service

DETAILS: Final = "2.84"  # events with the error's text
OLDER: Final = "2.51"  # without: a Nova before Ussuri
MOVES: Final = frozenset({"live-migration", "migrate"})


def last_trouble(nova: Service, server: str) -> str:
    """Of the latest move; empty when it has none, or says nothing."""
    actions = nova.get(f"servers/{server}/os-instance-actions", version=OLDER)["instanceActions"]
    latest = max((one for one in actions if one["action"] in MOVES), key=lambda one: one["start_time"], default=None)
    if latest is None:
        return ""
    events = _events(nova, f"servers/{server}/os-instance-actions/{latest['request_id']}")
    failed = [one for one in events if one["result"] == "Error"]
    words = [text for one in failed if (text := _text(one))]
    return words[-1] if words else ""


def _events(nova: Service, path: str) -> list[dict[str, Any]]:
    try:
        body = nova.get(path, version=DETAILS)
    except ServiceFault as fault:
        if fault.status != HTTPStatus.NOT_ACCEPTABLE:
            raise
        body = nova.get(path, version=OLDER)
    events: list[dict[str, Any]] = body["instanceAction"]["events"]
    return events


def _text(event: dict[str, Any]) -> str:
    """The details, or the last line of the traceback that administrators see."""
    lines = (event.get("details") or event.get("traceback") or "").strip().splitlines()
    return lines[-1].strip() if lines else ""
