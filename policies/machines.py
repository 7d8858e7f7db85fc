"""What runs for a tenant, one server or a pool of desktops: rules that ask where and from what need no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.model.finding import Path
from orchestrator.model.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`path`: of the server or pool in the spec; `what`: how people call it."""

    path: Path
    what: str
    name: str
    site: str
    flavor: str
    image: str


def machines(tenant: Tenant) -> Iterator[Machine]:
    """Servers, then pools, as written."""
    for index, server in enumerate(tenant.servers):
        yield Machine(
            path=("spec", "servers", index),
            what="server",
            name=server.name,
            site=server.site or tenant.site,
            flavor=server.flavor,
            image=server.image,
        )
    for index, pool in enumerate(tenant.desktop_pools):
        yield Machine(
            path=("spec", "desktopPools", index),
            what="desktop pool",
            name=pool.name,
            site=pool.site or tenant.site,
            flavor=pool.flavor,
            image=pool.image,
        )


def sites_of(tenant: Tenant) -> list[str]:
    """The sites that it names, sorted."""
    return sorted({tenant.site, *(machine.site for machine in machines(tenant))})
