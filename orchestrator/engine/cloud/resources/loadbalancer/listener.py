"""A listener: one port of a load balancer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.resources.loadbalancer.octavia import Octavia

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Listener(Octavia):
    def balancer(self, action: Action, known: Mapping[str, Any]) -> str:  # noqa: ARG002 (the base class's)
        return str(known["loadbalancerId"])

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        balancers = body.get("loadbalancers") or [{}]
        return super().outputs(action, {**body, "loadbalancer_id": balancers[0].get("id")}, known)
