"""What a call that went wrong says: method, address, status, the service's own words, request id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orchestrator.engine.provider import ProviderError

_TEMPORARY = frozenset({429, 500, 502, 503, 504})
_LONGEST = 800


class ServiceFault(ProviderError):
    """A service answered with an error. `status`: of HTTP; `text`: its own words; `request_id`: for its log.

    `retry_after`: seconds after which it wants to be asked again, if it says so.
    """

    def __init__(self, *, call: str, status: int, body: str, request_id: str, retry_after: float | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        self.text = fault_text(body)
        self.request_id = request_id
        reference = f" (request {request_id})" if request_id else ""
        super().__init__(f"{call}: {status} {self.text}{reference}", temporary=status in _TEMPORARY)


class NotReady(ProviderError):
    """The object exists, but failed or did not become ready in time."""


def called(noun: str, id_: str, told: Mapping[str, Any]) -> str:
    """An object for people: `server 'files' (ce7f60eb-...)`; without a name, `floating ip ce7f60eb-...`."""
    return f"{noun} '{told['name']}' ({id_})" if told.get("name") else f"{noun} {id_}"


def fault_text(body: str) -> str:
    """The words of a fault: `{"forbidden": {"message": ...}}`, `{"NeutronError": {...}}`, Glance's HTML, ..."""
    try:
        found = _message(json.loads(body))
    except ValueError:
        found = body
    words = " ".join(found.split()) if found else "no reason given"
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "..."


def _message(fault: Any) -> str:
    if isinstance(fault, str):
        return fault
    if not isinstance(fault, dict):
        return ""
    for key in ("message", "faultstring", "detail", "title"):
        if isinstance(fault.get(key), str) and fault[key]:
            return str(fault[key])
    return next((text for text in map(_message, fault.values()) if text), "")
