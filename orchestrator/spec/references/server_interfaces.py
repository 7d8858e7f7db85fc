"""What a tenant's servers hang on: networks that it may use, and addresses that are free there."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.project import known_here, project_of
from orchestrator.spec.references.reachable import reachable, taken_before


class Interfaces:
    """Of one tenant; it remembers which addresses its servers have taken."""

    def __init__(self, tenant: Judge, names: Names) -> None:
        self._tenant = tenant
        self._networks = reachable(tenant, names)
        self._taken: dict[tuple[str, str, str], str] = {}
        self._names = names

    def judge(self, path: Path, server: Item, interface: Item) -> None:
        """The network is there, in the server's project; the address lies in it and is free."""
        name = interface["network"]
        project = project_of(self._tenant, server)
        if not known_here(self._tenant, (*path, "network"), name, self._networks, "network", project):
            return
        if "address" in interface and "cidr" in self._networks[name]:
            self._address((*path, "address"), name, IPv4Address(interface["address"]), server["name"])

    def _address(self, path: Path, name: str, address: IPv4Address, server: str) -> None:
        cidr = IPv4Network(self._networks[name]["cidr"])
        if address not in cidr:
            self._report(path, f"{address} is outside of network '{name}' ({cidr})", "take one inside")
        elif address in {cidr[0], cidr[1], cidr[-1]}:
            self._report(path, f"{address} is kept for the network itself: its name, its router or its broadcast")
        network = self._networks[name]  # a tenant may call a network of another one differently in each project
        where = (network.get("tenant", ""), network.get("network", name), str(address))
        first = self._taken.setdefault(where, server)
        other = taken_before(self._tenant, self._names, network, str(address)) if "tenant" in network else None
        if first != server:
            self._report(path, f"{address} is taken by server '{first}'")
        elif other:
            self._report(path, f"{address} is taken by server '{other[1]}' of tenant '{other[0]}'")

    def _report(self, path: Path, message: str, hint: str = "take another one") -> None:
        self._tenant.report("address", path, message, hint)
