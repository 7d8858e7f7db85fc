"""Hypervisors, put together: Compute says which there are and where, Placement what they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestrator.adapters.inventory_openstack.compute import ComputeHost, ComputePart
from orchestrator.adapters.inventory_openstack.placement import Inventories
from orchestrator.model.snapshot import Hypervisor


def hypervisors(compute: ComputePart, given: Mapping[str, Inventories]) -> tuple[Hypervisor, ...]:
    """Sorted by name. While Compute is mute, Placement says which there are; place and state are not known then."""
    if not compute.hosts:
        return tuple(
            Hypervisor(name=name, zone="", aggregate="", enabled=True, inventories=given[name])
            for name in sorted(given)
        )
    return tuple(
        Hypervisor(
            name=host.name,
            zone=host.zone,
            aggregate=host.aggregate,
            enabled=host.enabled,
            inventories=_inventories(host, given.get(host.name, {})),
        )
        for host in sorted(compute.hosts, key=lambda one: one.name)
    )


def _inventories(host: ComputeHost, own: Inventories) -> Inventories:
    """What Nova says that the host has stands in until Placement was asked for its totals."""
    return {
        name: replace(one, physical=host.physical.get(name)) if one.total is None else one for name, one in own.items()
    }
