"""The door over the engine's connection to OpenStack: a cloud of clouds.yaml, one token for all parts."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal, PassingRefusal, Refusal
from orchestrator.engine.cloud.connection import Answer, Connection, Identity
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.settings import settings_of
from orchestrator.engine.provider import ProviderError
from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure

ATTEMPTS: Final = 2  # a kept connection may have been closed by the other side; more than that is an outage
VERSION_NAMES: Final = {"compute": "compute", "block-storage": "volume", "placement": "placement"}


class ConnectionDoor:
    """Reads with one session. No write goes through it: there is no method for one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        headers = {"OpenStack-API-Version": f"{VERSION_NAMES[service]} {version}"} if version else {}
        call = f"GET {service} /{path}"
        try:
            answer = self._ask(service, path, params=dict(params or {}), headers=headers)
        except ProviderError as error:
            raise _failure(f"cannot read the inventory: {call} was not answered", temporary=error.temporary) from error
        if answer.status != HTTPStatus.OK or answer.body is None:
            raise _refused(call, answer)
        return answer.body

    def _ask(self, service: str, path: str, **options: Any) -> Answer:
        for left in reversed(range(ATTEMPTS)):
            try:
                return self._connection.send(service, "GET", path, **options)
            except ProviderError as error:
                if not (left and error.temporary):
                    raise
        raise AssertionError("unreachable")  # the last attempt answered or raised


def open_door(cloud: str, environment: Mapping[str, str]) -> Door:
    """A door to a cloud of clouds.yaml (`OS_CLIENT_CONFIG_FILE` in `environment` names the file).

    Nothing is sent before the first read. Raises PermanentFailure when the file or the cloud is not there.
    """
    given = {name: value for name, value in environment.items() if name.startswith("OS_CLIENT_")}
    settings = settings_of({}, given | {"OS_CLOUD": cloud})
    try:
        return ConnectionDoor(Connection(Identity(settings), settings))
    except ProviderError as error:
        raise PermanentFailure(
            f"cannot use cloud {cloud} of clouds.yaml", hint="look at the file that OS_CLIENT_CONFIG_FILE names"
        ) from error


def _refused(call: str, answer: Answer) -> Refusal:
    fault = ServiceFault(call=call, status=answer.status, body=answer.text, request_id="")
    hint = ""
    if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}:
        hint = "the inventory needs a role that may list all projects' objects (admin, or reader on the system)"
    refusal = PassingRefusal if fault.temporary else LastingRefusal
    return refusal(f"cannot read the inventory: {fault}", status=answer.status, hint=hint)


def _failure(message: str, *, temporary: bool) -> MutualisError:
    return (TemporaryFailure if temporary else PermanentFailure)(message)
