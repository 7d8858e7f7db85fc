"""What is asked of shared networks besides the word of both sides: names that mean one network, and an order."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.reachable import name_here


def judge(tenant: Judge, names: Names) -> None:
    """Of the networks of others that the tenant uses."""
    taken = set(tenant.by_name("networks"))
    for path, use in tenant.items("sharedNetworks"):
        name = name_here(use)
        if name in taken:
            at = (*path, "name" if "name" in use else "network")
            tenant.report("duplicate-name", at, f"network '{name}' exists twice here", "give this one another `name`")
        taken.add(name)
        _circle(tenant, names, path, use)


def _circle(tenant: Judge, names: Names, path: Path, use: Item) -> None:
    """Whose network is used is built first."""
    way = _way(names, use["tenant"], tenant.name)
    if way and use["tenant"] != tenant.name:
        round_ = ", which uses one of ".join(f"'{name}'" for name in way)
        message = f"tenants wait for each other's networks: '{tenant.name}' uses one of {round_}"
        hint = "let one tenant own all networks of the circle, or a further tenant that they both use"
        tenant.report("sharing-circle", (*path, "tenant"), message, hint)


def _way(names: Names, start: str, end: str) -> tuple[str, ...]:
    """Tenants from one to the other, each using a network of the next; empty when there is no way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:  # grows as it goes: the shortest come first
        if way[-1] == end:
            return way
        for use in (names.tenants.get(way[-1]) or {}).get("sharedNetworks", ()):
            if use["tenant"] not in seen:
                seen.add(use["tenant"])
                ways.append((*way, use["tenant"]))
    return ()
