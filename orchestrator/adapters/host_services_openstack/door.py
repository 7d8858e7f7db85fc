"""The adapter's way to the services: the engine's connection, its errors in the orchestrator's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from orchestrator.engine.cloud.connection import Connection, Identity
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.cloud.settings import settings_of
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.provider import ProviderError
from orchestrator.errors import PermanentFailure, TemporaryFailure

CALL_SECONDS: Final = 90.0
"""Of one call with its repetitions: a control plane that restarts is back by then, and nobody waits for longer."""

PLACEMENT: Final = {"OpenStack-API-Version": "placement 1.20"}
RIGHTS: Final = "the credential needs the role `admin`: it acts on hosts and on servers of all projects"
LOOK: Final = "look at that service, then do the same again: what is done stays"


class Door:
    """One credential. Opened at the first call, so that a wrong clouds.yaml is told where it matters."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._connection: Connection | None = None

    def service(self, name: str) -> Service:
        """For the next calls. `name`: its type in the catalogue."""
        headers = PLACEMENT if name == "placement" else None
        return Service(self._opened(), name, Deadline(CALL_SECONDS), headers)

    def _opened(self) -> Connection:
        if self._connection is None:
            settings = settings_of({}, self._environment)
            self._connection = Connection(Identity(settings), settings)
        return self._connection


@contextmanager
def told(doing: str) -> Iterator[None]:
    """Errors of the engine's connection as ours. `doing`: `cannot <doing>`."""
    try:
        yield
    except ProviderError as error:
        if error.temporary:
            raise TemporaryFailure(f"cannot {doing}: {error}", hint=LOOK) from error
        refused = isinstance(error, ServiceFault) and error.status in {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}
        raise PermanentFailure(f"cannot {doing}: {error}", hint=RIGHTS if refused else "") from error
