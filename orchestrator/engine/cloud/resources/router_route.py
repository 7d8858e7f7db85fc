"""A static route of a router: an entry in a list that is always written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.link import Link
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends


class RouterRoute(Link):
    """Its id: `ROUTER-route-CIDR-NEXTHOP`."""

    ends = ("routerId", "destinationCidr", "nextHop")

    def join(self, ends: Any) -> str:
        return f"{ends['routerId']}-route-{ends['destinationCidr']}-{ends['nextHop']}"

    def split(self, id_: str) -> Ends:
        router, _, route = id_.partition("-route-")
        cidr, _, hop = route.rpartition("-")
        if not (router and cidr and hop):
            raise ProviderError(f"the id {id_!r} must be ROUTER-route-CIDR-NEXTHOP")
        return {"routerId": router, "destinationCidr": cidr, "nextHop": hop}

    def tie(self, action: Action, ends: Ends) -> None:
        with action.locks(f"router {ends['routerId']}"):
            routes = self._routes(action, ends) or []
            self._write(action, ends, [*(route for route in routes if route != _route(ends)), _route(ends)])

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        return {} if _route(ends) in (self._routes(action, ends) or ()) else None

    def untie(self, action: Action, ends: Ends) -> None:
        with action.locks(f"router {ends['routerId']}"):
            routes = self._routes(action, ends) or []
            if _route(ends) in routes:
                self._write(action, ends, [route for route in routes if route != _route(ends)])

    def _routes(self, action: Action, ends: Ends) -> list[dict[str, str]] | None:
        found = action.service().find(f"routers/{ends['routerId']}")
        return list(found["router"]["routes"]) if found else None

    def _write(self, action: Action, ends: Ends, routes: list[dict[str, str]]) -> None:
        action.service().put(f"routers/{ends['routerId']}", {"router": {"routes": routes}})


def _route(ends: Ends) -> dict[str, str]:
    return {"destination": ends["destinationCidr"], "nexthop": ends["nextHop"]}
