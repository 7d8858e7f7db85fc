"""The hosts as suppliers: as written in the specs, or as Placement knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.region import Overcommit
from orchestrator.model.site import Host, HostRole
from orchestrator.model.snapshot import DISK_GB, MEMORY_MB, VCPU, Hypervisor, InventorySnapshot
from orchestrator.model.specs import Specs

CLASSES: Final = {Resource.VCPUS: (VCPU, 1), Resource.MEMORY: (MEMORY_MB, MIB), Resource.DISK: (DISK_GB, GIB)}
"""Resource -> Placement's class and what one of its units is in ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSupply:
    """`allocatable`: less what the host keeps, times ratio. `usable`: neither in maintenance nor switched off.

    `physical`: without a resource whose size nobody has told yet. `used`: what Placement has given out of it; empty
    when nobody asked. `rack`, `feeds`: empty for a hypervisor that
    is in no spec.
    """

    name: str
    site: str
    aggregate: str
    rack: str = ""
    feeds: tuple[str, ...] = ()
    usable: bool
    physical: Mapping[Resource, int]
    allocatable: Mapping[Resource, int]
    used: Mapping[Resource, int] = field(default_factory=dict)


def declared_hosts(specs: Specs) -> tuple[HostSupply, ...]:
    """The compute hosts of the specs."""
    ratios = specs.region.overcommit
    return tuple(_declared(host, ratios) for host in specs.hosts.values() if HostRole.COMPUTE in host.roles)


def seen_hosts(specs: Specs, snapshot: InventorySnapshot) -> tuple[HostSupply, ...]:
    """The hypervisors of the cloud; the spec of the same name says where a host stands and whether it is in use."""
    return tuple(_seen(one, specs.hosts.get(one.name)) for one in snapshot.hypervisors)


def _declared(host: Host, ratios: Overcommit) -> HostSupply:
    memory = host.memory_gib - host.reserved_memory_gib
    return HostSupply(
        name=host.name,
        site=host.site,
        aggregate=host.aggregate,
        rack=host.rack,
        feeds=host.feeds,
        usable=not host.maintenance,
        physical={
            Resource.VCPUS: host.threads,
            Resource.MEMORY: host.memory_gib * GIB,
            Resource.DISK: host.disk_gib * GIB,
        },
        allocatable={
            Resource.VCPUS: int(host.threads * ratios.vcpu),
            Resource.MEMORY: int(memory * GIB * ratios.memory),
            Resource.DISK: host.disk_gib * GIB,  # a full disk stops servers: local disks are never overcommitted
        },
    )


def _seen(hypervisor: Hypervisor, host: Host | None) -> HostSupply:
    found = {
        resource: (hypervisor.inventories[name], unit)
        for resource, (name, unit) in CLASSES.items()
        if name in hypervisor.inventories
    }
    return HostSupply(
        name=hypervisor.name,
        site=host.site if host else hypervisor.zone,
        aggregate=host.aggregate if host else hypervisor.aggregate,
        rack=host.rack if host else "",
        feeds=host.feeds if host else (),
        usable=hypervisor.enabled and not (host and host.maintenance),
        physical={
            resource: inventory.has * unit for resource, (inventory, unit) in found.items() if inventory.has is not None
        },
        allocatable={resource: inventory.allocatable * unit for resource, (inventory, unit) in found.items()},
        used={resource: inventory.used * unit for resource, (inventory, unit) in found.items()},
    )
