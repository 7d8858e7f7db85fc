"""A load balancer. Its security groups are those of the port that holds its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.resources.loadbalancer.octavia import Octavia
from orchestrator.engine.cloud.resources.loadbalancer.turn import turn, when_mutable
from orchestrator.engine.cloud.situated import Situated
from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]
_GROUPS: Final = "securityGroupIds"


class LoadBalancer(Octavia):
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        """No turn to wait for: there is nothing yet."""
        return Situated.create(self, action, inputs, created)

    def finish(self, action: Action, identifier: str, inputs: Properties, body: Body) -> Created:
        made = super().finish(action, identifier, inputs, body)
        if made.problems or not inputs.get(_GROUPS):
            return made
        groups = self._guard(action, made.outputs.get("vipPortId"), inputs[_GROUPS])
        return Created(id=made.id, outputs={**made.outputs, _GROUPS: groups})

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        """The port last: Octavia rewrites it while it changes the load balancer."""
        own = {name: value for name, value in changed.items() if name != _GROUPS}
        with turn(action, id_):
            outputs = when_mutable(action, id_, lambda: Situated.update(self, action, id_, own, known))
            if changed.get(_GROUPS) is None:
                return outputs
            return {**outputs, _GROUPS: self._guard(action, outputs.get("vipPortId"), changed[_GROUPS])}

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        with turn(action, id_):
            when_mutable(action, id_, lambda: Situated.delete(self, action, id_, known))

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> Body:
        return super().encoded(action, {name: value for name, value in inputs.items() if name != _GROUPS})

    def outputs(self, action: Action, body: Body, known: Properties) -> dict[str, Any]:
        return super().outputs(action, body, known) | {_GROUPS: _groups(action, body.get("vip_port_id"))}

    def _guard(self, action: Action, port: str | None, groups: Any) -> list[str]:
        """Put the port under these groups, and no others."""
        if not port:
            raise ProviderError("the load balancer has no port of its own to put under security groups")
        body = {"port": {"security_groups": sorted(set(groups))}}
        told = action.service("network").put(f"ports/{port}", body)["port"]
        return sorted(told["security_groups"])


def _groups(action: Action, port: str | None) -> list[str]:
    """None where the address lies on no port of this cloud's network service."""
    found = action.service("network").find(f"ports/{port}") if port and action.connection.has("network") else None
    return sorted((found or {"port": {}})["port"].get("security_groups") or ())
