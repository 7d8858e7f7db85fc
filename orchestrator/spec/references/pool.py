"""A tenant's desktop pools: what they are made from, and the servers that they become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.spec.references import server
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.project import known_here, project_of
from orchestrator.spec.references.reachable import reachable


def judge(tenant: Judge, names: Names) -> None:
    """As for servers; and no server of a pool has the name of another one."""
    written = tenant.by_name("servers")
    for path, pool in tenant.items("desktopPools"):
        server.judge_parts(tenant, names, path, pool)
        networks = reachable(tenant, names)
        known_here(tenant, (*path, "network"), pool["network"], networks, "network", project_of(tenant, pool))
        taken = next((name for name in server_names(pool) if name in written), None)
        if taken:
            message = f"the pool's server '{taken}' exists already"
            tenant.report("duplicate-name", (*path, "name"), message, "give the pool or the server another name")


def server_names(pool: Item) -> Iterator[str]:
    """As model.tenant.DesktopPool names them."""
    return (f"{pool['name']}-{number:02}" for number in range(1, pool["count"] + 1))


def all_servers(tenant: Judge) -> Mapping[str, Item]:
    """Servers as written, and each server of a pool with the pool as its description."""
    pooled = {name: pool for _, pool in tenant.items("desktopPools") for name in server_names(pool)}
    return {**pooled, **tenant.by_name("servers")}
