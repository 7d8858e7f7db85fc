"""Ways in which a service breaks on command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    HANG = "hang"  # the call is taken, and never answered
    UNAVAILABLE = "unavailable"  # 503 at once
    RUBBISH = "rubbish"  # 200, and no JSON
    EMPTY = "empty"  # 200, and JSON without what was asked for


@dataclass(frozen=True, slots=True)
class Broken:
    status: int
    body: bytes
    content_type: str


ANSWERS = {
    Fault.UNAVAILABLE: Broken(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>", "text/html"),
    Fault.RUBBISH: Broken(200, b'{"servers": [{"id": ', "application/json"),
    Fault.EMPTY: Broken(200, b"{}", "application/json"),
}
"""What is answered in place of the truth; a call that hangs has none."""
