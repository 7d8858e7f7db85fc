"""A trunk: a port that carries others. Those are added and taken away one by one, not written as a list."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Carried = dict[str, dict[str, Any]]


class Trunk(Collection):
    """`adminStateUp` that is not given is Neutron's to choose; the official provider takes the trunk down then."""

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        if "subPorts" in changed:
            self._carry(action, id_, changed["subPorts"] or ())
        return super().update(action, id_, changed, known)

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        return super().changes(action, {name: value for name, value in changed.items() if name != "subPorts"})

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        body = self.fetch(action, id_)
        if body is not None and not body["admin_state_up"]:
            self.put(action, id_, {"admin_state_up": True})
        super().delete(action, id_, known)

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        told = super().outputs(action, body, known)
        return told if told.get("subPorts") else {name: told[name] for name in told if name != "subPorts"}

    def _carry(self, action: Action, id_: str, sub_ports: Any) -> None:
        body = self.fetch(action, id_) or {}
        old: Carried = {one["port_id"]: one for one in body.get("sub_ports", ())}
        given = values.encode(action.type.inputs["subPorts"], sub_ports)
        new: Carried = {one["port_id"]: one for one in given}
        gone = [{"port_id": port} for port, one in old.items() if new.get(port) != one]
        come = [one for port, one in new.items() if old.get(port) != one]
        with self._up(action, id_, body):
            for verb, ports in (("remove", gone), ("add", come)):
                if ports:
                    action.service().put(f"{self.place(action, id_)}/{verb}_subports", {"sub_ports": ports})

    @contextmanager
    def _up(self, action: Action, id_: str, body: Mapping[str, Any]) -> Iterator[None]:
        """Neutron refuses to change what a trunk carries, or to delete it, while it is down."""
        was_down = body.get("admin_state_up") is False
        if was_down:
            self.put(action, id_, {"admin_state_up": True})
        try:
            yield
        finally:
            if was_down:
                self.put(action, id_, {"admin_state_up": False})
