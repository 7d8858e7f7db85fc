"""What all parts of a load balancer have in common: changed in turn, waited for, unset by null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.resources.loadbalancer.turn import turn, when_mutable
from orchestrator.engine.cloud.situated import Situated
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Created, Properties

Body = dict[str, Any]


class Octavia(Situated):
    """Generic handler of one part. `balancer` says on which load balancer it hangs."""

    def balancer(self, action: Action, known: Mapping[str, Any]) -> str:
        """The load balancer's id; "" when what leads to it is gone, and the part with it."""
        raise NotImplementedError

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        balancer = self.balancer(action, inputs)
        if not balancer:
            raise ProviderError(f"the {action.type.noun} hangs on nothing: {_parents(inputs)} does not exist")
        with turn(action, balancer):
            return when_mutable(action, balancer, lambda: super(Octavia, self).create(action, inputs, created))

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        balancer = self.balancer(action, known)
        with turn(action, balancer):
            return when_mutable(action, balancer, lambda: super(Octavia, self).update(action, id_, changed, known))

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        balancer = self.balancer(action, known)
        if not balancer:
            return
        with turn(action, balancer):
            when_mutable(action, balancer, lambda: super(Octavia, self).delete(action, id_, known))

    def changes(self, action: Action, changed: Mapping[str, Any]) -> Body:
        """What was taken away is null, which Octavia takes as its default; collections are emptied."""
        given = {name: value for name, value in changed.items() if value is not None}
        gone = [action.type.inputs[name] for name in changed if name not in given]
        return {prop.key: [] if prop.shape.kind in {"list", "set"} else None for prop in gone} | super().changes(
            action, given
        )

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[Body]:
        """Narrowed by what every part can be filtered by."""
        plain = {name: value for name, value in known.items() if name in {"name", "tenantId"}}
        return super().listed(action, plain)

    def fault(self, action: Action, body: Body) -> str:  # noqa: ARG002 (the base class's)
        return ": Octavia gives no reason, its worker's log has it"


def _parents(inputs: Mapping[str, Any]) -> str:
    names = ("loadbalancerId", "listenerId", "poolId")
    return ", ".join(f"{name} {inputs[name]}" for name in names if inputs.get(name))


def balancer_of(action: Action, *, listener: str = "", pool: str = "") -> str:
    """The load balancer of a listener or pool; "" when that is gone."""
    key, path = ("pool", f"lbaas/pools/{pool}") if pool else ("listener", f"lbaas/listeners/{listener}")
    body = (action.service().find(path) or {}).get(key, {})
    if body.get("loadbalancers"):
        return str(body["loadbalancers"][0]["id"])
    listeners = body.get("listeners") or ()
    return balancer_of(action, listener=listeners[0]["id"]) if listeners else ""
