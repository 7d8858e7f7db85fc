"""A pool, of a load balancer or the default one of a listener."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.resources.loadbalancer.octavia import Octavia, balancer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Pool(Octavia):
    def balancer(self, action: Action, known: Mapping[str, Any]) -> str:
        if known.get("loadbalancerId"):
            return str(known["loadbalancerId"])
        return balancer_of(action, listener=str(known["listenerId"]))

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        """With what it hangs on, where that is not recorded: then the listener counts, as for the official provider."""
        told = super().outputs(action, body, known)
        if known.get("loadbalancerId") or known.get("listenerId"):
            return told
        listeners, balancers = body.get("listeners") or (), body.get("loadbalancers") or ()
        if listeners:
            return told | {"listenerId": listeners[0]["id"]}
        return told | ({"loadbalancerId": balancers[0]["id"]} if balancers else {})
