"""Who has the older right to an address of a shared network, and that asking for it stays cheap."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from orchestrator.spec.references.aggregates import Aggregates
from orchestrator.spec.references.names import Names
from orchestrator.spec.references.reachable import taken_before

USE = {"tenant": "hub", "network": "lan"}


class Counted(dict[str, Any]):
    """A tenant's spec; it counts how often its servers are asked for."""

    asked = 0

    def get(self, key: str, default: Any = None) -> Any:
        self.asked += key == "servers"
        return super().get(key, default)


def server(name: str, *addresses: str) -> dict[str, Any]:
    return {"name": name, "networks": [{"network": "lan", "address": one} for one in addresses]}


def names(users: dict[str, tuple[str, ...]], *owners: str) -> Names:
    """`users`, in any order: their addresses on the hub's network; `owners`: the hub's own addresses."""
    shared = [{"tenant": user, "agreement": "C"} for user in users]
    specs = {user: Counted(sharedNetworks=[USE], servers=[server(f"s-{user}", *has)]) for user, has in users.items()}
    hub = {
        "networks": [{"name": "lan", "cidr": "10.0.0.0/16", "sharedWith": shared}],
        "servers": [server("h", *owners)],
    }
    return Names(
        folder=Path(),
        objects=(),
        region=None,
        externals=None,
        sites={},
        tenants={"hub": hub, **specs},
        aggregates=Aggregates.of(()),
        catalogue=None,
        rules=(),
    )


def before(tenant: str, known: Names, address: str) -> tuple[str, str] | None:
    judge: Any = SimpleNamespace(name=tenant)
    return taken_before(judge, known, USE, address)


def test_the_owner_comes_first_then_users_by_name() -> None:
    """Of several that want an address each one is told who may have it, and that one nothing."""
    known = names({"vire": ("10.0.0.4", "10.0.0.5"), "caen": ("10.0.0.4",)}, "10.0.0.9")
    assert [before(one, known, "10.0.0.4") for one in ("caen", "vire")] == [None, ("caen", "s-caen")]
    assert [before(one, known, "10.0.0.9") for one in ("caen", "vire")] == [("hub", "h")] * 2
    assert before("vire", known, "10.0.0.5") is None
    assert before("caen", known, "10.0.0.5") is None


def test_each_users_servers_are_looked_at_once() -> None:
    """However many users a network has."""
    known = names({f"m{number:03}": (f"10.0.1.{number}",) for number in range(200)})
    assert [before(name, known, "10.0.1.7") for name in known.tenants if name != "hub"].count(("m007", "s-m007")) == 192
    assert {spec.asked for spec in known.tenants.values() if isinstance(spec, Counted)} == {1}
