"""The whole inventory: five parts read side by side, put together to one snapshot."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.compute import ComputePart, read_compute
from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.identity import read_identity
from orchestrator.adapters.inventory_openstack.network import NetworkPart, read_network
from orchestrator.adapters.inventory_openstack.part import Part
from orchestrator.adapters.inventory_openstack.placement import Inventories, PlacementReader
from orchestrator.adapters.inventory_openstack.volume import VolumePart, read_volume
from orchestrator.model.snapshot import (
    COMPUTE,
    IDENTITY,
    NETWORK,
    PLACEMENT,
    VOLUME,
    Hypervisor,
    InventorySnapshot,
    ProjectRef,
)
from orchestrator.ports import Clock

PATIENCE: Final = 20.0  # seconds: a cadence of one minute is kept even when a service hangs


class OpenStackInventory:
    """The CloudInventory port. `patience`: seconds after which a read goes on without the parts still missing."""

    def __init__(self, door: Door, clock: Clock, *, patience: float = PATIENCE) -> None:
        self._door = door
        self._clock = clock
        self._patience = patience
        self._identity: Part[tuple[ProjectRef, ...]] = Part(IDENTITY, read_identity, (), clock)
        self._placement: Part[Mapping[str, Inventories]] = Part(PLACEMENT, PlacementReader().read, {}, clock)
        self._compute = Part(COMPUTE, read_compute, ComputePart(), clock)
        self._volume = Part(VOLUME, read_volume, VolumePart(), clock)
        self._network = Part(NETWORK, read_network, NetworkPart(), clock)

    def read(self) -> InventorySnapshot:
        """Everything in bulk; never raises for what a service does: that stands in the snapshot's health."""
        self._collect()
        projects, identity = self._identity.state()
        inventories, placement = self._placement.state()
        compute, compute_health = self._compute.state()
        volume, volume_health = self._volume.state()
        network, network_health = self._network.state()
        return InventorySnapshot(
            taken_at=self._clock.now().timestamp(),
            projects=projects,
            hypervisors=_hypervisors(compute, inventories),
            servers=compute.servers,
            volumes=volume.volumes,
            pools=volume.pools,
            addresses=network.addresses,
            floating_ips=network.floating_ips,
            health=(identity, placement, compute_health, volume_health, network_health),
        )

    def _collect(self) -> None:
        parts: tuple[Part[Any], ...] = (self._identity, self._placement, self._compute, self._volume, self._network)
        deadline = time.monotonic() + self._patience
        begun = [part for part in parts if part.begin(self._door)]
        for part in begun:  # one that hangs since an earlier read was waited for then
            part.wait(max(0.0, deadline - time.monotonic()))


def _hypervisors(compute: ComputePart, inventories: Mapping[str, Inventories]) -> tuple[Hypervisor, ...]:
    """Compute says which hosts there are, Placement what they have; while Compute is mute, Placement says both."""
    if not compute.hosts:
        return tuple(
            Hypervisor(name=name, zone="", aggregate="", enabled=True, inventories=inventories[name])
            for name in sorted(inventories)
        )
    return tuple(
        Hypervisor(
            name=host.name,
            zone=host.zone,
            aggregate=host.aggregate,
            enabled=host.enabled,
            inventories=inventories.get(host.name, {}),
        )
        for host in sorted(compute.hosts, key=lambda one: one.name)
    )
