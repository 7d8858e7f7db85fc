"""How a Host sets up its nics: each interface stands on something, each address and use is said once."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Interface

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item


def judge(host: Judge) -> None:
    """Names, what interfaces stand on, their addresses, their uses."""
    host.unique("nic", "nics")
    host.unique("interface", "interfaces")
    bonded: dict[str, str] = {}
    uses: dict[str, str] = {}
    gateways: list[str] = []
    for path, interface in host.items("interfaces"):
        _stands_on(host, path, interface, bonded)
        _gateway(host, path, interface, gateways)
        _uses(host, path, interface, uses)
    for path, interface in host.items("interfaces"):
        _part_of_bond(host, path, interface, bonded)


def _stands_on(host: Judge, path: Path, interface: Item, bonded: dict[str, str]) -> None:
    """A plain interface is a nic; a bond has nics of its own; a VLAN has a parent that is none itself."""
    nics, interfaces = host.by_name("nics"), host.by_name("interfaces")
    if "bond" in interface and "vlan" in interface:
        host.report("contradiction", (*path, "vlan"), "an interface is a bond or a VLAN, not both", "write two")
    elif "bond" in interface:
        _members(host, path, interface, bonded, nics)
    elif "vlan" in interface:
        parent = interface["vlan"]["parent"]
        if host.known((*path, "vlan", "parent"), parent, {*nics, *interfaces} - {interface["name"]}, "no interface {}"):
            _parent(host, path, interface, interfaces.get(parent, {}))
    else:
        host.known((*path, "name"), interface["name"], nics, "no nic {}, and it is no bond and no VLAN")


def _members(host: Judge, path: Path, interface: Item, bonded: dict[str, str], nics: Mapping[str, Item]) -> None:
    if interface["name"] in nics:
        host.report("duplicate-name", (*path, "name"), f"bond '{interface['name']}' is a nic too", "call it bond0")
    for index, member in enumerate(interface["bond"]["members"]):
        at = (*path, "bond", "members", index)
        if (
            host.known(at, member, nics, "no nic {}")
            and bonded.setdefault(member, interface["name"]) != interface["name"]
        ):
            host.report("contradiction", at, f"nic '{member}' is in bond '{bonded[member]}' already", "one bond a nic")


def _parent(host: Judge, path: Path, interface: Item, parent: Item) -> None:
    if "vlan" in parent:
        message = f"'{parent['name']}' is a VLAN itself"
        host.report("contradiction", (*path, "vlan", "parent"), message, "name the interface that carries both")
    elif interface.get("mtu", 0) > parent.get("mtu", interface.get("mtu", 0)):
        message = f"packets of {interface['mtu']} bytes do not pass '{parent['name']}', whose mtu is {parent['mtu']}"
        host.report("contradiction", (*path, "mtu"), message, "raise the mtu of the parent, or lower this one")


def _gateway(host: Judge, path: Path, interface: Item, gateways: list[str]) -> None:
    if "gateway" not in interface:
        return
    gateway = IPv4Address(interface["gateway"])
    addresses = [IPv4Interface(one) for one in interface.get("addresses", ())]
    if not any(gateway in one.network for one in addresses):
        host.report(
            "address", (*path, "gateway"), f"gateway {gateway} is in no network of the interface", "see addresses"
        )
    elif gateway in {one.ip for one in addresses}:
        host.report("address", (*path, "gateway"), f"gateway {gateway} is the host's own address", "name the router's")
    if gateways:
        message = f"interface '{gateways[0]}' has a gateway already"
        host.report("contradiction", (*path, "gateway"), message, "a host has one way out")
    gateways.append(interface["name"])


def _uses(host: Judge, path: Path, interface: Item, uses: dict[str, str]) -> None:
    for index, use in enumerate(interface.get("uses", ())):
        if not interface.get("addresses"):
            host.report("contradiction", (*path, "uses", index), f"{use} needs an address here", "write addresses")
        if uses.setdefault(use, interface["name"]) != interface["name"]:
            message = f"interface '{uses[use]}' is for {use} already"
            host.report("contradiction", (*path, "uses", index), message, "one interface a use")


def _part_of_bond(host: Judge, path: Path, interface: Item, bonded: Mapping[str, str]) -> None:
    if interface["name"] in bonded and interface.keys() - {"name", "mtu"}:
        message = f"nic '{interface['name']}' is in bond '{bonded[interface['name']]}'"
        host.report("contradiction", (*path, "name"), message, "a nic of a bond has nothing of its own but its mtu")
