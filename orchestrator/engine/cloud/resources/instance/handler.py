"""A server's life: made, waited for, changed in place, removed."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.busy import when_idle
from orchestrator.engine.cloud.equality import text_hash
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.resources.instance import changes
from orchestrator.engine.cloud.resources.instance.ending import GONE, End
from orchestrator.engine.cloud.resources.instance.reading import outputs_of
from orchestrator.engine.cloud.resources.instance.request import server_request, version_for
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Condition, Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_NO_IMAGE: Final = "Can not find requested image"  # Nova does not say which


class Instance:
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        request = server_request(action, inputs)
        try:
            id_ = action.service().post("servers", request, version=version_for(inputs))["server"]["id"]
        except ServiceFault as fault:
            if _NO_IMAGE not in fault.text:
                raise
            image = request["server"]["imageRef"]
            raise ProviderError(f"{fault}; image {image} could not be found by this credential") from fault
        created(id_)
        return self._finish(action, id_, inputs)

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        body = changes.Server(action, id_).fetch()
        return None if body is None or body["status"] in GONE else self._finish(action, id_, inputs)

    def _finish(self, action: Action, id_: str, inputs: Properties) -> Created:
        server = changes.Server(action, id_)
        problems: tuple[str, ...] = ()
        try:
            server.reach("ACTIVE")
            if inputs.get("powerState") not in {None, "active"}:
                server.power(inputs["powerState"])
        except ProviderError as error:  # it exists: its id and its problem are both wanted
            problems = (str(error),)
        body = server.fetch()
        outputs = _outputs(action, body, inputs) if body else {}
        return Created(id=id_, outputs=outputs, problems=problems)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        """By name in the session's project, and by the metadata that were given."""
        given = values.encode(action.type.inputs["metadata"], inputs.get("metadata") or {})
        servers = action.service().all("servers/detail", "servers", name=f"^{re.escape(inputs['name'])}$")
        return tuple(
            server["id"]
            for server in servers
            if server["name"] == inputs["name"]
            and server["status"] not in GONE
            and given.items() <= (server.get("metadata") or {}).items()
        )

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        body = changes.Server(action, id_).fetch()
        return None if body is None or body["status"] in GONE else outputs_of(action, body, known)

    def condition(self, action: Action, id_: str, inputs: Properties) -> Condition:
        """One in ERROR that was running before may hold what somebody needs: nothing is said against it here."""
        body = changes.Server(action, id_).fetch() or _among_all(action, id_, inputs)
        if body is None or body["status"] in GONE:
            return Condition.GONE
        if body["status"] == "ERROR" and not body.get("OS-SRV-USG:launched_at"):
            return Condition.BROKEN
        return Condition.BUILDING if body["status"] == "BUILD" else Condition.UP

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        server, new = changes.Server(action, id_), {**known, **changed}
        _take_up(server, changed, new)
        changes.apply(server, action, changed, known)
        body = server.settle()
        if body["status"] == "ERROR":
            raise _broken(server, body)
        return _outputs(action, body, new)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        server = changes.Server(action, id_)
        body = server.fetch()
        if body is None:
            return
        if known.get("stopBeforeDestroy") and body["status"] == "ACTIVE":
            server.power("shutoff")
        if (known.get("vendorOptions") or {}).get("detachPortsBeforeDestroy"):
            _detach(action, server)
        if known.get("forceDelete"):
            server.act({"forceDelete": None})
        else:
            when_idle(action, lambda: action.service().delete(server.path))
        until(End(server, action.deadline).reached, action.deadline, f"the end of {server.called}")


def _among_all(action: Action, id_: str, inputs: Properties) -> dict[str, Any] | None:
    """For an auditor's credential, which Nova shows lists of all projects but no server of another project."""
    named = {"name": f"^{re.escape(inputs['name'])}$"} if inputs.get("name") else {}
    try:
        found = action.service().all("servers/detail", "servers", all_tenants="1", **named)
    except ServiceFault as fault:
        if fault.status != HTTPStatus.FORBIDDEN:
            raise
        return None  # one who may not list all sees its own, and the server is not among them
    return next((server for server in found if server["id"] == id_), None)


def _take_up(server: changes.Server, changed: Mapping[str, Any], new: Properties) -> None:
    """Bring to its end what an earlier run was broken off in: a server still building, a resize not confirmed."""
    body = server.settle()
    if body["status"] == "ERROR" and not {"imageId", "imageName"} & set(changed):
        raise _broken(server, body)
    confirms = not (new.get("vendorOptions") or {}).get("ignoreResizeConfirmation")
    if body["status"] == "VERIFY_RESIZE" and confirms and body["flavor"]["id"] == new.get("flavorId"):
        server.confirm("ACTIVE", "SHUTOFF")


def _broken(server: changes.Server, body: Mapping[str, Any]) -> ProviderError:
    return ProviderError(
        f"{server.called} is in ERROR: {changes.fault_of(body)}; repair it and run again, or have Pulumi replace it"
    )


def _outputs(action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
    outputs = outputs_of(action, body, known)
    return outputs | ({"userData": text_hash(known["userData"])} if known.get("userData") else {})


def _detach(action: Action, server: changes.Server) -> None:
    found = action.service().find(f"{server.path}/os-interface")
    for entry in (found or {}).get("interfaceAttachments", ()):
        path = f"{server.path}/os-interface/{entry['port_id']}"
        when_idle(action, lambda path=path: action.service().delete(path))  # type: ignore[misc]  # bound now, called now
