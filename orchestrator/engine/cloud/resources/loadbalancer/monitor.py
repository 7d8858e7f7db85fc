"""A health monitor: how the members of one pool are watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.resources.loadbalancer.octavia import Octavia, balancer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Monitor(Octavia):
    marks = ()  # a pool has one

    def balancer(self, action: Action, known: Mapping[str, Any]) -> str:
        return balancer_of(action, pool=str(known["poolId"]))

    def address(self, id_: str) -> tuple[str, Properties]:
        """`monitor/pool`, as the official provider takes it; the monitor alone tells its pool as well."""
        monitor, _, pool = id_.partition("/")
        return monitor, {"poolId": pool} if pool else {}

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        """`http_version` is a number in the API: 1.0 must stay `1.0`."""
        pools, version = body.get("pools") or [{}], body.get("http_version")
        told = {**body, "pool_id": pools[0].get("id"), "http_version": f"{float(version):.1f}" if version else None}
        return super().outputs(action, told, known)
