"""The whole inventory: its parts read side by side, put together to one snapshot."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from threading import Lock
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.compute import ComputePart, read_compute
from orchestrator.adapters.inventory_openstack.courtesy import Rests
from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.hypervisors import hypervisors
from orchestrator.adapters.inventory_openstack.identity import read_identity
from orchestrator.adapters.inventory_openstack.network import NetworkPart, read_network
from orchestrator.adapters.inventory_openstack.network_objects import Objects, read_network_objects
from orchestrator.adapters.inventory_openstack.part import Part
from orchestrator.adapters.inventory_openstack.placement import PlacementPart, PlacementReader
from orchestrator.adapters.inventory_openstack.quota_parts import UNIFIED_LIMITS, QuotaParts
from orchestrator.adapters.inventory_openstack.quota_sets import AT_ONCE
from orchestrator.adapters.inventory_openstack.volume import VolumePart, read_volume
from orchestrator.model.snapshot import (
    COMPUTE,
    COMPUTE_QUOTA,
    IDENTITY,
    NETWORK,
    NETWORK_OBJECTS,
    PARTS,
    PLACEMENT,
    VOLUME,
    InventorySnapshot,
    ProjectRef,
)
from orchestrator.ports import Clock

PATIENCE: Final = 20.0  # seconds: a cadence of one minute is kept even when a service hangs
SELDOM: Final = 5  # reads: whole-cloud lists of network objects are dear, and no alarm waits for a count of ports


class OpenStackInventory:
    """The CloudInventory port. `patience`: seconds after which a read goes on without the parts still missing.

    `at_once`: projects, and hosts, that are asked one by one in one read, at most, where a service has no list for
    all: the others' turn comes with the next reads. `parts`: those that are read; the others stay unknown. It reads
    one at a time, whoever asks.
    """

    def __init__(
        self,
        door: Door,
        clock: Clock,
        *,
        patience: float = PATIENCE,
        at_once: int = AT_ONCE,
        parts: Collection[str] = PARTS,
    ) -> None:
        self._door = door
        self._clock = clock
        self._patience = patience
        self._parts = frozenset(parts) | ({UNIFIED_LIMITS} if COMPUTE_QUOTA in parts else set())
        self._rests = Rests()
        self._reading = Lock()
        self._reads = 0
        self._identity: Part[tuple[ProjectRef, ...]] = Part(IDENTITY, read_identity, (), clock)
        self._placement = Part(PLACEMENT, PlacementReader(at_once=at_once).read, PlacementPart(), clock)
        self._compute = Part(COMPUTE, read_compute, ComputePart(), clock)
        self._volume = Part(VOLUME, read_volume, VolumePart(), clock)
        self._network = Part(NETWORK, read_network, NetworkPart(), clock)
        self._objects: Part[Objects] = Part(NETWORK_OBJECTS, read_network_objects, {}, clock)
        self._quotas = QuotaParts(lambda: self._identity.state()[0], clock, at_once=at_once)

    def read(self) -> InventorySnapshot:
        """Everything in bulk; never raises for what a service does: that stands in the snapshot's health."""
        with self._reading:
            self._collect()
            return self._snapshot()

    def _snapshot(self) -> InventorySnapshot:
        projects, identity = self._identity.state()
        given, placement = self._placement.state()
        compute, compute_health = self._compute.state()
        volume, volume_health = self._volume.state()
        network, network_health = self._network.state()
        objects, objects_health = self._objects.state()
        quotas, quota_healths = self._quotas.state()
        placement = replace(placement, completeness=given.completeness, notice=given.notice)
        return InventorySnapshot(
            taken_at=self._clock.now().timestamp(),
            projects=projects,
            hypervisors=hypervisors(compute, given.inventories),
            servers=compute.servers,
            volumes=volume.volumes,
            pools=volume.pools,
            addresses=network.addresses,
            subnets=network.subnets,
            floating_ips=network.floating_ips,
            objects=objects,
            quotas=quotas,
            health=(identity, placement, compute_health, volume_health, network_health, objects_health, *quota_healths),
        )

    def _collect(self) -> None:
        """Quotas begin when the projects are there, or late: then with those of the read before."""
        deadline = time.monotonic() + self._patience
        begun = self._begin(self._due())
        known = bool(self._identity.state()[0])
        late = time.monotonic() + (self._patience / 2 if known else self._patience)
        for part in (one for one in begun if one in {self._identity, self._quotas.limits}):
            part.wait(max(0.0, late - time.monotonic()))
        for part in (*begun, *self._begin(self._quotas.parts)):
            part.wait(max(0.0, deadline - time.monotonic()))

    def _due(self) -> tuple[Part[Any], ...]:
        """All but the quotas; the dear lists when their turn has come, or after a failure."""
        turn = self._reads % SELDOM == 0 or not self._objects.state()[1].up
        self._reads += 1
        dear = (self._objects,) if turn else ()
        usual = (self._identity, self._placement, self._compute, self._volume, self._network)
        return (*usual, self._quotas.limits, *dear)

    def _begin(self, parts: tuple[Part[Any], ...]) -> list[Part[Any]]:
        """Those that are to be waited for: one that hangs since an earlier read was waited for then."""
        return [part for part in parts if part.name in self._parts and part.begin(self._door, self._rests)]
