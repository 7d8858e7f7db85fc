"""A router's leg in a subnet: a port that Neutron makes, or one that is given."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class RouterInterface:
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        router = inputs["routerId"]
        with action.locks(f"router {router}"):
            told = _added(action, router, inputs)
        created(told["port_id"])
        outputs = {"routerId": router, "portId": told["port_id"], "subnetId": told["subnet_id"]}
        return Created(id=told["port_id"], outputs=outputs)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        ports = action.service().all("ports", "ports", device_id=inputs["routerId"])
        return tuple(port["id"] for port in ports if _leads(port, inputs))

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:  # noqa: ARG002 (the protocol's)
        found = action.service().find(f"ports/{id_}")
        port = found["port"] if found else {}
        if not port.get("device_id"):
            return None
        subnet = next((ip["subnet_id"] for ip in port.get("fixed_ips", ())), "")
        return {"routerId": port["device_id"], "portId": id_, "subnetId": subnet}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:  # noqa: ARG002 the handler's signature
        """Only `forceDestroy` can change, and it means nothing before the end."""
        return {name: known[name] for name in ("routerId", "portId", "subnetId") if name in known}

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        router = known.get("routerId") or (self.read(action, id_, known) or {}).get("routerId")
        if not router:
            return
        with action.locks(f"router {router}"):
            if known.get("forceDestroy"):
                action.service().put(f"routers/{router}", {"router": {"routes": []}})
            self._remove(action, router, id_)
        until(
            lambda: self.read(action, id_, known) is None or None, action.deadline, f"the end of router interface {id_}"
        )

    def _remove(self, action: Action, router: str, port: str) -> None:
        pauses = action.deadline.pauses(f"the end of the interface {port} of router {router}")
        while True:
            try:
                action.service().put(f"routers/{router}/remove_router_interface", {"port_id": port})
            except ServiceFault as fault:
                if fault.status == HTTPStatus.NOT_FOUND:
                    return
                if fault.status != HTTPStatus.CONFLICT:
                    raise
                pauses.wait(fault)
            else:
                return


def _added(action: Action, router: str, inputs: Properties) -> dict[str, Any]:
    try:
        return dict(action.service().put(f"routers/{router}/add_router_interface", _end(inputs)))
    except ServiceFault as fault:
        if "overlaps with cidr" not in fault.text:
            raise
        hint = (
            "what is on the router already has to leave it first, in a run of its own (a renamed network is a new one)"
        )
        raise ProviderError(f"{fault}; {hint}") from fault


def _end(inputs: Properties) -> dict[str, Any]:
    if inputs.get("portId"):
        return {"port_id": inputs["portId"]}
    return {"subnet_id": inputs.get("subnetId")}


def _leads(port: Mapping[str, Any], inputs: Properties) -> bool:
    if inputs.get("portId"):
        return bool(port["id"] == inputs["portId"])
    return any(ip["subnet_id"] == inputs.get("subnetId") for ip in port["fixed_ips"])
