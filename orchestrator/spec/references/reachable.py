"""The networks on which a tenant may put servers: its own, and those that others share with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Holder, Item, Names


def reachable(tenant: Judge, names: Names) -> Mapping[str, Item]:
    """By their name here. Each has its `project`, if it is written; one of a broken or missing tenant has no `cidr`.

    One of another tenant has its own name in `network` and its owner in `tenant`.
    """
    uses = reversed(tenant.spec.get("sharedNetworks", ()))
    return {**{name_here(use): _theirs(names, use) for use in uses}, **tenant.by_name("networks")}


def name_here(use: Item) -> str:
    """What the tenant's servers call a network of another one."""
    return str(use.get("name", use["network"]))


def shared_network(names: Names, use: Item) -> Item:
    """The network at its owner; empty when it is not there."""
    owner = names.tenants.get(use["tenant"]) or {}
    return next((one for one in owner.get("networks", ()) if one["name"] == use["network"]), {})


def taken_before(tenant: Judge, names: Names, use: Item, address: str) -> Holder | None:
    """Who has written an address of the network and has an older right to it than the tenant: tenant and server.

    The owner's come first, then those of the others by name, so that each address has one that may have it.
    """
    found = _holders(names, use).get(address)
    older = found is not None and found[0] != tenant.name and (found[0] == use["tenant"] or found[0] < tenant.name)
    return found if older else None


def _holders(names: Names, use: Item) -> Mapping[str, Holder]:
    """By address, of one network: gathered once, since each of its users asks."""
    network = (use["tenant"], use["network"])
    if network not in names.holders:
        users = {share["tenant"] for share in shared_network(names, use).get("sharedWith", ())}
        taken: dict[str, Holder] = {}
        for name in (use["tenant"], *sorted(users)):
            for address, server in _addresses(names.tenants.get(name) or {}, name, use):
                taken.setdefault(address, (name, server))
        names.holders[network] = taken
    return names.holders[network]


def _theirs(names: Names, use: Item) -> Item:
    told = {field: use[field] for field in ("tenant", "network", "project") if field in use}
    network = shared_network(names, use)
    return {**told, "name": name_here(use), **({"cidr": network["cidr"]} if network else {})}


def _addresses(spec: Item, name: str, use: Item) -> Iterator[tuple[str, str]]:
    """Of one tenant: (address, server)."""
    called = {use["network"]} if name == use["tenant"] else set(_called(spec, use))
    for server in spec.get("servers", ()):
        for interface in server["networks"]:
            if "address" in interface and interface["network"] in called:
                yield interface["address"], server["name"]


def _called(spec: Item, use: Item) -> Iterator[str]:
    for other in spec.get("sharedNetworks", ()):
        if (other["tenant"], other["network"]) == (use["tenant"], use["network"]):
            yield name_here(other)
