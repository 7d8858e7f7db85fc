"""What a tenant was guaranteed, as pieces that must each find a host.

Servers at the tenant's site are pieces as they are, in the order of the spec, as far as the share covers them whole.
The rest of the share, which no server names, is fluid: cut into equal parts no larger than the grain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestrator.capacity.grain import parts
from orchestrator.model.catalogue import Flavor
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Server, Tenant

Size = tuple[int, int, int]
"""Vcpus, MiB of memory, GiB of the hosts' disks."""

AFFINITY = "affinity"
ANTI_AFFINITY = "anti-affinity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`count` pieces, all alike. `servers`: several when they must share a host, none for parts of the fluid rest.

    `aggregates`: the only ones on which it may stand; empty: all. `closed`: those of sites that refuse its data.
    `apart`: no two items of the same word on one host.
    """

    tenant: str
    servers: tuple[str, ...]
    size: Size
    aggregates: frozenset[str] = frozenset()
    closed: frozenset[tuple[str, str]] = frozenset()
    apart: str = ""
    count: int = 1


def items(specs: Specs, tenant: Tenant) -> tuple[Item, ...]:
    """The guaranteed share of a tenant, at its site. Its sum is the share, but for the servers' disks."""
    share = tenant.guarantee
    covered = _covered(specs, tenant)
    flavors = [specs.catalogue.flavors[server.flavor] for server in covered]
    rest = share.vcpus - sum(one.vcpus for one in flavors), share.memory_mib - sum(one.memory_mib for one in flavors)
    closed = _closed(specs, tenant)
    fluid = (
        Item(tenant=tenant.name, servers=(), size=(vcpus, memory, 0), count=count, closed=closed)
        for count, vcpus, memory in parts(specs.catalogue, *rest)
    )
    return (*_named(specs, tenant, covered), *fluid)


def _closed(specs: Specs, tenant: Tenant) -> frozenset[tuple[str, str]]:
    """Where rules let none of the tenant's servers stand, nothing may be promised to it either.

    Servers that are named stand where their flavors lead: whether they may is judged by rules, and may be waived.
    """
    return frozenset(
        (site.name, one.name)
        for site in specs.sites.values()
        for one in site.aggregates
        if tenant.sensitivity not in one.sensitivities
    )


def _covered(specs: Specs, tenant: Tenant) -> tuple[Server, ...]:
    vcpus, memory = tenant.guarantee.vcpus, tenant.guarantee.memory_mib
    covered: list[Server] = []
    for server in tenant.all_servers if vcpus and memory else ():
        flavor = specs.catalogue.flavors[server.flavor]
        if server.site in {"", tenant.site} and flavor.vcpus <= vcpus and flavor.memory_mib <= memory:
            vcpus, memory = vcpus - flavor.vcpus, memory - flavor.memory_mib
            covered.append(server)
    return tuple(covered)


def _named(specs: Specs, tenant: Tenant, servers: Sequence[Server]) -> Iterator[Item]:
    policies = {group.name: group.policy for group in tenant.server_groups}
    together: dict[tuple[str, str], list[Server]] = {}
    for server in servers:
        sharing = policies.get(server.group) == AFFINITY
        together.setdefault((server.group, "" if sharing else server.name), []).append(server)
    for (group, _), members in together.items():
        flavors = [specs.catalogue.flavors[one.flavor] for one in members]
        yield Item(
            tenant=tenant.name,
            servers=tuple(one.name for one in members),
            size=_sum(map(_size, members, flavors)),
            aggregates=frozenset(flavor.aggregate for flavor in flavors if flavor.aggregate),
            apart=f"{tenant.name}/{group}" if policies.get(group) == ANTI_AFFINITY else "",
        )


def _size(server: Server, flavor: Flavor) -> Size:
    """A root disk on a volume takes nothing of the host's disks."""
    return flavor.vcpus, flavor.memory_mib, 0 if server.boot_volume else flavor.disk_gib


def _sum(sizes: Iterable[Size]) -> Size:
    vcpus, memory, disk = (sum(column) for column in zip(*sizes, strict=True))
    return vcpus, memory, disk
