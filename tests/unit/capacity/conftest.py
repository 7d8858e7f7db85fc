"""A region small enough to do its sums by hand.

Ratios: vcpu 4, memory 1.5, storage 2. Reserve: the largest host of each site, and 10 % of the rest.
North: a1, a2 (general; 32 threads, 128 GiB of which 8 kept, 1000 GiB), b1 (large; twice that), m1 (general, half,
in maintenance), s1 (storage only); 1000 GiB of ssd, 5000 of hdd. South: c1 (general; 16 threads, 64 GiB, 500 GiB);
500 GiB of ssd. Tiers fast and secure lie on ssd, slow on hdd.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from small_hosts import host
from small_region import external, region, site, tenant

from orchestrator.model.catalogue import Catalogue, QuotaSize, VolumeTier
from orchestrator.model.region import Overcommit, Region, Reserve
from orchestrator.model.site import (
    Disk,
    Host,
    HostRole,
    Site,
    StoragePool,
)
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
from orchestrator.model.tenant import (
    Guarantee,
    QuotaRequest,
    Tenant,
    TenantState,
)


def make_host(
    name: str,
    site: str,
    size: int,
    *,
    aggregate: str = "general",
    kept: int = 0,
    maintenance: bool = False,
    role: HostRole = HostRole.COMPUTE,
    disk: int = 0,
) -> Host:
    """A host with `size` threads and 4 GiB of memory for each."""
    return host(
        name,
        1,
        site=site,
        owner="region",
        roles=(role,),
        threads=size,
        memory_gib=size * 4,
        disks=(Disk(device="sda", size_gib=disk, kind="ssd"),),
        interfaces=(),
        aggregate=aggregate,
        maintenance=maintenance,
        reserved_memory_gib=kept,
    )


def make_site(name: str, storage: Mapping[str, int]) -> Site:
    pools = tuple(StoragePool(backend=backend, capacity_gib=size) for backend, size in storage.items())
    return replace(site(name), display_name=name, storage=pools)


def make_tenant(
    name: str, site: str, multiplier: float, guarantee: Guarantee, state: TenantState = TenantState.ACTIVE
) -> Tenant:
    return tenant(
        name,
        display_name=name,
        site=site,
        quota=QuotaRequest(size="small", multiplier=multiplier),
        guarantee=guarantee,
        state=state,
        networks=(),
    )


@pytest.fixture
def specs() -> Specs:
    """The region of this module's docstring with tenants alpha, beta (north), gamma (south), delta (retired)."""
    hosts = (
        make_host("a1", "north", 32, kept=8, disk=1000),
        make_host("a2", "north", 32, kept=8, disk=1000),
        make_host("b1", "north", 64, aggregate="large", kept=16, disk=2000),
        make_host("c1", "south", 16, disk=500),
        make_host("m1", "north", 16, maintenance=True, disk=500),
        make_host("s1", "north", 8, role=HostRole.STORAGE, disk=9000),
    )
    tenants = (
        make_tenant("alpha", "north", 2, Guarantee(vcpus=100, memory_mib=65536, storage_gib={"fast": 1000})),
        make_tenant("beta", "north", 1, Guarantee(vcpus=130, storage_gib={"secure": 800}), TenantState.SUSPENDED),
        make_tenant("delta", "north", 9, Guarantee(vcpus=1000), TenantState.RETIRED),
        make_tenant("gamma", "south", 1, Guarantee()),
    )
    return Specs(
        region=make_region(),
        sites={
            "north": make_site("north", {"ssd": 1000, "hdd": 5000}),
            "south": make_site("south", {"ssd": 500}),
        },
        hosts={host.name: host for host in hosts},
        catalogue=make_catalogue(),
        tenants={tenant.name: tenant for tenant in tenants},
        waivers={},
    )


def make_region() -> Region:
    return region(
        name="region",
        external_networks=(external("ext", "192.0.2.0/24", 10, 19),),
        overcommit=Overcommit(vcpu=4.0, memory=1.5, storage=2.0),
        reserve=Reserve(hosts=1, free_percent=10.0),
    )


def make_catalogue() -> Catalogue:
    values = {"vcpus": 20, "memoryMiB": 65536, "servers": 10, "floatingIPs": 2, "storageGiB:fast": 100}
    backends = {"fast": "ssd", "secure": "ssd", "slow": "hdd"}
    return Catalogue(
        name="catalogue",
        flavors={},
        images={},
        tiers={name: VolumeTier(name=name, backend=backend) for name, backend in backends.items()},
        quota_sizes={"small": QuotaSize(name="small", values=values)},
        presets={},
    )


def make_hypervisor(
    name: str, zone: str, aggregate: str, vcpus: int, *, enabled: bool = True, used: int = 0
) -> Hypervisor:
    """As Placement has it: ratio 8, 512 MiB kept of 1024 a thread, 10 GiB of disk a thread; given: `used` vcpus."""
    amounts = {
        "VCPU": ResourceInventory(total=vcpus, reserved=0, ratio=8.0, used=used),
        "MEMORY_MB": ResourceInventory(total=vcpus * 1024, reserved=512, ratio=1.0, used=used * 512),
        "DISK_GB": ResourceInventory(total=vcpus * 10, reserved=0, ratio=1.0, used=0),
    }
    return Hypervisor(name=name, zone=zone, aggregate=aggregate, enabled=enabled, inventories=amounts)


def make_server(project: str, host: str, zone: str, vcpus: int = 2) -> ServerUse:
    return ServerUse(
        project_id=project, zone=zone, host=host, status="ACTIVE", vcpus=vcpus, memory_mib=2048, disk_gib=10
    )


@pytest.fixture
def snapshot() -> InventorySnapshot:
    """All parts read. a1, a2, b1 as in the specs; c1 switched off; x9 is in no spec; nobody has m1."""
    return InventorySnapshot(
        taken_at=1000.0,
        projects=(
            ProjectRef(id="p1", name="alpha", tenant="alpha"),
            ProjectRef(id="p2", name="alpha-web", tenant="alpha"),
            ProjectRef(id="p3", name="gamma", tenant="gamma"),
            ProjectRef(id="p9", name="admin", tenant=""),
        ),
        hypervisors=(
            make_hypervisor("a1", "north", "north-general", 32, used=2),
            make_hypervisor("a2", "north", "north-general", 32, used=4),
            make_hypervisor("b1", "north", "north-large", 64, used=2),
            make_hypervisor("c1", "south", "south-general", 16, enabled=False),
            make_hypervisor("x9", "south", "spare", 8, used=2),
        ),
        servers=(
            make_server("p1", "a1", "north"),
            make_server("p2", "a2", "north", vcpus=4),
            make_server("p3", "x9", "south"),
            make_server("p9", "b1", "north"),
            make_server("p1", "", "", vcpus=8),
        ),
        volumes=(
            VolumeUse(project_id="p1", zone="nova", tier="slow", size_gib=30, status="in-use"),
            VolumeUse(project_id="p2", zone="nova", tier="fast", size_gib=20, status="available"),
            VolumeUse(project_id="p3", zone="south", tier="fast", size_gib=5, status="available"),
        ),
        pools=(
            StoragePoolUse(backend="ssd", zone="nova", total_gib=1400, free_gib=1375, allocated_gib=25),
            StoragePoolUse(backend="hdd", zone="nova", total_gib=4000, free_gib=3970, allocated_gib=30),
        ),
        addresses=(AddressUse(network="ext", total=12, used=5),),
        floating_ips={"p1": 2, "p3": 1},
        health=tuple(PartHealth(part=part, up=True, last_success=999.0, seconds=0.1, calls=2) for part in PARTS),
    )
