"""The whole inventory: its parts read side by side, put together to one snapshot."""

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
from orchestrator.adapters.inventory_openstack.quota_parts import QuotaParts
from orchestrator.adapters.inventory_openstack.quota_sets import AT_ONCE
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
    """The CloudInventory port. `patience`: seconds after which a read goes on without the parts still missing.

    `quotas_at_once`: projects whose quota is asked for in one read, at most, where a service has no list for all.
    """

    def __init__(self, door: Door, clock: Clock, *, patience: float = PATIENCE, quotas_at_once: int = AT_ONCE) -> None:
        self._door = door
        self._clock = clock
        self._patience = patience
        self._identity: Part[tuple[ProjectRef, ...]] = Part(IDENTITY, read_identity, (), clock)
        self._placement: Part[Mapping[str, Inventories]] = Part(PLACEMENT, PlacementReader().read, {}, clock)
        self._compute = Part(COMPUTE, read_compute, ComputePart(), clock)
        self._volume = Part(VOLUME, read_volume, VolumePart(), clock)
        self._network = Part(NETWORK, read_network, NetworkPart(), clock)
        self._quotas = QuotaParts(lambda: self._identity.state()[0], clock, at_once=quotas_at_once)

    def read(self) -> InventorySnapshot:
        """Everything in bulk; never raises for what a service does: that stands in the snapshot's health."""
        self._collect()
        projects, identity = self._identity.state()
        inventories, placement = self._placement.state()
        compute, compute_health = self._compute.state()
        volume, volume_health = self._volume.state()
        network, network_health = self._network.state()
        quotas, quota_healths = self._quotas.state()
        return InventorySnapshot(
            taken_at=self._clock.now().timestamp(),
            projects=projects,
            hypervisors=_hypervisors(compute, inventories),
            servers=compute.servers,
            volumes=volume.volumes,
            pools=volume.pools,
            addresses=network.addresses,
            subnets=network.subnets,
            floating_ips=network.floating_ips,
            quotas=quotas,
            health=(identity, placement, compute_health, volume_health, network_health, *quota_healths),
        )

    def _collect(self) -> None:
        """Quotas begin when the projects are there, or late: then with those of the read before."""
        parts: tuple[Part[Any], ...] = (self._identity, self._placement, self._compute, self._volume, self._network)
        deadline = time.monotonic() + self._patience
        begun = self._begin(parts)
        if self._identity in begun:
            known = bool(self._identity.state()[0])
            self._identity.wait(self._patience / 2 if known else self._patience)
        for part in (*begun, *self._begin(self._quotas.parts)):
            part.wait(max(0.0, deadline - time.monotonic()))

    def _begin(self, parts: tuple[Part[Any], ...]) -> list[Part[Any]]:
        """Those that are to be waited for: one that hangs since an earlier read was waited for then."""
        return [part for part in parts if part.begin(self._door)]


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
