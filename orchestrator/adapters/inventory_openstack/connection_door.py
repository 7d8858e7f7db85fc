"""The door over the engine's connection to OpenStack: a cloud of clouds.yaml, one token for all parts."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal, PassingRefusal, Refusal
from orchestrator.adapters.inventory_openstack.renewals import Renewals
from orchestrator.engine.cloud.connection import Answer, Connection, Identity
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.repetition import retry_after
from orchestrator.engine.cloud.settings import AT_ONCE, settings_of
from orchestrator.engine.provider import ProviderError
from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure

CALLS_AT_ONCE: Final = 8  # of one service: control planes are bound by their processors, more only makes each slower
CALL_SECONDS: Final = 30.0  # without a byte; a list of 1000 servers takes Nova seconds
VERSION_NAMES: Final = {"compute": "compute", "block-storage": "volume", "placement": "placement"}


class ConnectionDoor:
    """Reads with one session. No write goes through it: there is no method for one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._renewals = Renewals()

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
        renew = self._renewals.allowed(service)
        answer = self._connection.send(service, "GET", path, renew=renew, seconds=CALL_SECONDS, **options)
        if renew:
            self._renewals.told(service, refused=answer.status == HTTPStatus.UNAUTHORIZED)
        return answer


def open_door(cloud: str, environment: Mapping[str, str]) -> Door:
    """A door to a cloud of clouds.yaml (`OS_CLIENT_CONFIG_FILE` in `environment` names the file).

    Nothing is sent before the first read. Raises PermanentFailure when the file or the cloud is not there.
    """
    given = {name: value for name, value in environment.items() if name.startswith("OS_CLIENT_")}
    settings = settings_of({}, given | {"OS_CLOUD": cloud, AT_ONCE: str(CALLS_AT_ONCE)})
    try:
        identity = Identity(settings)
    except ProviderError as error:
        raise PermanentFailure(
            f"cannot use cloud {cloud} of clouds.yaml", hint="look at the file that OS_CLIENT_CONFIG_FILE names"
        ) from error
    # a token is held until a service refuses it: by a wall clock that was set wrong every token would be too old
    identity.plugin.reauthenticate = False
    return ConnectionDoor(Connection(identity, settings))


def _refused(call: str, answer: Answer) -> Refusal:
    told = answer.text if answer.status != HTTPStatus.OK else "an answer that is no JSON"
    fault = ServiceFault(call=call, status=answer.status, body=told, request_id="")
    hint = ""
    if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}:
        hint = "the inventory needs a role that may list all projects' objects (admin, or reader on the system)"
    refusal = PassingRefusal if fault.temporary else LastingRefusal
    pause = retry_after(answer.headers) or 0.0
    return refusal(f"cannot read the inventory: {fault}", status=answer.status, hint=hint, retry_after=pause)


def _failure(message: str, *, temporary: bool) -> MutualisError:
    return (TemporaryFailure if temporary else PermanentFailure)(message)
