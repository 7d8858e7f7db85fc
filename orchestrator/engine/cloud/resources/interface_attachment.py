"""A server's further network interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.busy import when_idle
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class InterfaceAttachment:
    """Its id: `INSTANCE/PORT`."""

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        server = inputs["instanceId"]
        wanted: dict[str, Any] = (
            {"port_id": inputs["portId"]} if inputs.get("portId") else {"net_id": inputs.get("networkId")}
        )
        if inputs.get("fixedIp"):
            wanted["fixed_ips"] = [{"ip_address": inputs["fixedIp"]}]
        body = when_idle(
            action, lambda: action.service().post(f"servers/{server}/os-interface", {"interfaceAttachment": wanted})
        )
        id_ = f"{server}/{body['interfaceAttachment']['port_id']}"
        created(id_)
        told = until(lambda: self.read(action, id_, inputs), action.deadline, f"the interface {id_} to be there")
        return Created(id=id_, outputs=told)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        found = action.service().find(f"servers/{inputs['instanceId']}/os-interface")
        entries = found["interfaceAttachments"] if found else []
        return tuple(f"{inputs['instanceId']}/{entry['port_id']}" for entry in entries if _fits(entry, inputs))

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:  # noqa: ARG002 (the protocol's)
        server, port = _split(id_)
        found = action.service().find(f"servers/{server}/os-interface/{port}")
        if found is None:
            return None
        entry = found["interfaceAttachment"]
        fixed = next((ip["ip_address"] for ip in entry["fixed_ips"]), "")
        return {"instanceId": server, "portId": entry["port_id"], "networkId": entry["net_id"], "fixedIp": fixed}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:  # noqa: ARG002 the handler's signature
        raise ProviderError(f"the interface {id_} cannot be changed: {', '.join(changed)}")

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        server, port = _split(id_)
        when_idle(action, lambda: action.service().delete(f"servers/{server}/os-interface/{port}"))
        until(lambda: self.read(action, id_, known) is None or None, action.deadline, f"the end of the interface {id_}")


def _fits(entry: Mapping[str, Any], inputs: Properties) -> bool:
    if inputs.get("portId"):
        return bool(entry["port_id"] == inputs["portId"])
    addresses = {ip["ip_address"] for ip in entry["fixed_ips"]}
    return entry["net_id"] == inputs.get("networkId") and inputs.get("fixedIp", next(iter(addresses), "")) in {
        *addresses,
        "",
    }


def _split(id_: str) -> tuple[str, str]:
    server, separator, other = id_.partition("/")
    if not separator:
        raise ProviderError(f"the id {id_!r} must be INSTANCE/PORT")
    return server, other
