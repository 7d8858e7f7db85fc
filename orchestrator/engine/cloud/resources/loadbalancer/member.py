"""A member of a pool; imported as `pool/member`, recorded by its own id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.resources.loadbalancer.octavia import Octavia, balancer_of
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Member(Octavia):
    marks = ()  # a pool holds one member of an address and port

    def at(self, action: Action, known: Mapping[str, Any]) -> Action:
        if not known.get("poolId"):
            raise ProviderError("a member is imported as pool/member")
        return super().at(action, known)

    def balancer(self, action: Action, known: Mapping[str, Any]) -> str:
        return balancer_of(action, pool=str(known["poolId"]))

    def address(self, id_: str) -> tuple[str, Properties]:
        pool, _, member = id_.rpartition("/")
        return member, {"poolId": pool} if pool else {}

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Without the pool, which stands in the path."""
        return super().encoded(action, {name: value for name, value in inputs.items() if name != "poolId"})

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        return super().listed(action, {})
