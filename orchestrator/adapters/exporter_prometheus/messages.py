"""What the process that collects and the process that serves tell each other, and the channel between them.

Both are ours, started by one another over an inherited socket: what comes is trusted, and pickled.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Final

from orchestrator.adapters.exporter_prometheus.rendering import Page

MEMBER: Final = "member"  # asks for a tenant's page
RELOAD: Final = "reload"
ALIVE: Final = "alive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve:
    """The first message: how to serve on the socket that is listening already."""

    web_config: Path | None
    tokens: Path | None
    lifecycle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """A collection is over; its members' pages are asked for."""

    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """`number`: the answer has the same."""

    number: int
    what: str
    tenant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`page`: of a member, None: there is no such tenant; `error`: why it was not reloaded."""

    number: int
    page: Page | None = None
    alive: bool = True
    error: str = ""


class Channel:
    """Safe to send by many threads; one receives."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._sending = Lock()

    def send(self, message: Serve | NewPage | Ask | Answer) -> None:
        """Raises OSError when the other side has ended."""
        with self._sending:
            self._connection.send(message)

    def received(self) -> Iterator[Any]:
        """Messages as they come, until the other side has ended."""
        with suppress(EOFError, OSError):
            while True:
                yield self._connection.recv()
