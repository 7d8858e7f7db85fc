"""Made-up figures for the exporter: what it serves matters here, not how it was computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from exporter_client import until
from small_region import external, region, tenant

from orchestrator.adapters.exporter_prometheus.collection import Sources
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.model.catalogue import Catalogue, QuotaSize, VolumeTier
from orchestrator.model.snapshot import (
    PARTS,
    AddressUse,
    Hypervisor,
    InventorySnapshot,
    PartHealth,
    ProjectRef,
    ResourceInventory,
    ServerUse,
    StoragePoolUse,
    VolumeUse,
)
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, QuotaRequest


class FakeInventory:
    """The CloudInventory port: answers with `snapshot`, or waits for `released` first."""

    def __init__(self, snapshot: InventorySnapshot) -> None:
        self.snapshot = snapshot
        self.released = Event()
        self.released.set()
        self.reads = 0

    def read(self) -> InventorySnapshot:
        self.reads += 1
        self.released.wait(10)
        return self.snapshot


@pytest.fixture
def specs() -> Specs:
    """Tenants alpha and beta, each with a quota of 20 vcpus, 1 GiB of memory and 7 GiB of fast storage."""
    sizes = {"vcpus": 20, "memoryMiB": 1024, "storageGiB:fast": 7}
    members = [
        tenant(name, quota=QuotaRequest(size="small"), guarantee=Guarantee(vcpus=3)) for name in ("alpha", "beta")
    ]
    return Specs(
        region=region(name="region", external_networks=(external("ext", "192.0.2.0/24", 10, 19),)),
        sites={},
        hosts={},
        catalogue=Catalogue(
            name="catalogue",
            flavors={},
            images={},
            tiers={"fast": VolumeTier(name="fast", backend="ssd")},
            quota_sizes={"small": QuotaSize(name="small", values=sizes)},
            presets={},
        ),
        tenants={one.name: one for one in members},
        waivers={},
    )


@pytest.fixture
def snapshot() -> InventorySnapshot:
    """One host of 8 threads (ratio 4) with one server of 2 vcpus of alpha's."""
    amounts = {
        "VCPU": ResourceInventory(total=8, reserved=0, ratio=4.0, used=2),
        "MEMORY_MB": ResourceInventory(total=4096, reserved=1024, ratio=1.0, used=512),
    }
    return InventorySnapshot(
        taken_at=1000.0,
        projects=(ProjectRef(id="p1", name="alpha", tenant="alpha"),),
        hypervisors=(Hypervisor(name="a1", zone="north", aggregate="general", enabled=True, inventories=amounts),),
        servers=(
            ServerUse(project_id="p1", zone="north", host="a1", status="ACTIVE", vcpus=2, memory_mib=512, disk_gib=10),
        ),
        volumes=(VolumeUse(project_id="p1", zone="north", tier="fast", size_gib=5, status="in-use"),),
        pools=(StoragePoolUse(backend="ssd", zone="north", total_gib=100.0, free_gib=95.0, allocated_gib=5.0),),
        addresses=(AddressUse(network="ext", total=10, used=4),),
        floating_ips={"p1": 1},
        health=tuple(PartHealth(part=part, up=True, last_success=999.0, seconds=0.25, calls=2) for part in PARTS),
    )


@pytest.fixture
def inventory(snapshot: InventorySnapshot) -> FakeInventory:
    return FakeInventory(snapshot)


@pytest.fixture
def exporter(inventory: FakeInventory, specs: Specs) -> Iterator[Exporter]:
    """Started on a free port of loopback; collects once, and then every hour."""
    served = Exporter(Sources(inventory=inventory, specs=lambda: specs), Listening(port=0, cadence=3600))
    served.start()
    yield served
    inventory.released.set()
    served.stop()


@pytest.fixture
def serve(inventory: FakeInventory, specs: Specs) -> Iterator[Callable[..., Exporter]]:
    """Starts exporters on free ports of loopback, told further what a Listening may say; ready when it returns."""
    served = []

    def start(**told: Any) -> Exporter:
        exporter = Exporter(Sources(inventory=inventory, specs=lambda: specs), Listening(port=0, cadence=3600, **told))
        exporter.start()
        served.append(exporter)
        until(lambda: exporter._collection.page is not None)
        return exporter

    yield start
    for exporter in served:
        exporter.stop()
