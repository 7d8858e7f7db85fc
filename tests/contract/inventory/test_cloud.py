"""The reader against a real OpenStack: in bulk it finds what openstacksdk finds object by object."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import ceil
from typing import Any

import pytest
from cloud_fixture import RunningCloud
from openstack.connection import Connection

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.model.quota import NETWORK
from orchestrator.model.snapshot import InventorySnapshot

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK50Warning"),  # the SDK warns of its own calls
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK60Warning"),  # the same
]


def read(cloud: RunningCloud, name: str) -> InventorySnapshot:
    door = open_door(name, {"OS_CLIENT_CONFIG_FILE": str(cloud.clouds_yaml)})
    return OpenStackInventory(door, SystemClock()).read()


@pytest.fixture(scope="module")
def snapshot(cloud: RunningCloud, furnished: Any) -> InventorySnapshot:
    """Read once, with every right."""
    return read(cloud, cloud.cloud_name)


@pytest.fixture(scope="module")
def seen(cloud: RunningCloud, furnished: Any) -> InventorySnapshot:
    """Read once, with the credential that can only read."""
    return read(cloud, cloud.reader_name)


def test_the_reading_credential_reads_every_part(seen: InventorySnapshot) -> None:
    """No part needs the right to write; the whole costs few calls."""
    assert [(health.part, health.error) for health in seen.health if not health.up] == []
    hosts = len(seen.hypervisors)
    quotas = 3 + 2 * len(seen.projects)
    objects = 5
    assert sum(health.calls for health in seen.health) <= 14 + hosts + quotas + objects


def test_the_reading_credential_sees_what_the_administrator_sees(
    seen: InventorySnapshot, snapshot: InventorySnapshot
) -> None:
    """All but which host a server is on: Nova's default policy shows that to administrators alone."""
    for part in ("projects", "hypervisors", "volumes", "pools", "addresses", "subnets", "floating_ips", "objects"):
        assert getattr(seen, part) == getattr(snapshot, part), part
    anywhere = [replace(server, host="") for server in snapshot.servers]
    assert [replace(server, host="") for server in seen.servers] == anywhere


def test_projects_are_all_there_with_their_tenant(
    snapshot: InventorySnapshot, admin: Connection, furnished: Any
) -> None:
    """Known by its tags."""
    assert {one.id for one in snapshot.projects} == {one.id for one in admin.identity.projects()}
    assert [one.id for one in snapshot.projects if one.tenant == "alpha"] == [furnished.project_id]


def test_servers_are_those_that_nova_shows_one_by_one(snapshot: InventorySnapshot, admin: Connection) -> None:
    """Sizes from the flavor as looked up by its name, not from the server's own copy."""
    servers = [admin.compute.get_server(one.id) for one in admin.compute.servers(details=False, all_projects=True)]
    slow = Counter(_server(admin, server) for server in servers)
    assert slow.total() >= 4
    assert slow == Counter(
        (one.project_id, one.host, one.status, one.vcpus, one.memory_mib, one.disk_gib) for one in snapshot.servers
    )


def _server(admin: Connection, server: Any) -> tuple[Any, ...]:
    flavor = admin.compute.find_flavor(server.flavor["original_name"], ignore_missing=False)
    root = flavor.disk if server.image and server.image.id else 0
    disk = root + flavor.ephemeral + ceil(flavor.swap / 1024)
    return (server.project_id, server.hypervisor_hostname or "", server.status, flavor.vcpus, flavor.ram, disk)


def test_hosts_are_what_placement_says_of_each(snapshot: InventorySnapshot, admin: Connection) -> None:
    """Inventories and usages of each provider, asked one by one."""
    for provider in admin.placement.resource_providers():
        (host,) = (one for one in snapshot.hypervisors if one.name == provider.name)
        usages = admin.placement.get(f"/resource_providers/{provider.id}/usages").json()["usages"]
        for inventory in admin.placement.resource_provider_inventories(provider):
            ours = host.inventories[inventory.resource_class]
            assert (ours.total, ours.reserved, ours.ratio, ours.used) == (
                inventory.total,
                inventory.reserved,
                inventory.allocation_ratio,
                usages[inventory.resource_class],
            )
    assert len(snapshot.hypervisors) == len(list(admin.compute.hypervisors())) == 6


def test_what_servers_take_is_what_placement_has_given(snapshot: InventorySnapshot) -> None:
    """The sum of sizes on a host equals Placement's use: two independent records of the same."""
    for host in snapshot.hypervisors:
        here = [one for one in snapshot.servers if one.host == host.name]
        taken = {name: inventory.used for name, inventory in host.inventories.items()}
        assert taken == {
            "VCPU": sum(one.vcpus for one in here),
            "MEMORY_MB": sum(one.memory_mib for one in here),
            "DISK_GB": sum(one.disk_gib for one in here),
        }
    assert any(one.vcpus and one.host for one in snapshot.servers)


def test_hosts_have_their_aggregate_and_state(snapshot: InventorySnapshot, admin: Connection) -> None:
    """As each aggregate says of itself."""
    aggregates = [admin.compute.get_aggregate(one.id) for one in admin.compute.aggregates()]
    (general,) = (one for one in aggregates if one.name == "inventory-general")
    named = {one.name for one in snapshot.hypervisors if one.aggregate == "inventory-general"}
    zoned = {host for one in aggregates if one.availability_zone for host in one.hosts}
    assert named == set(general.hosts) - zoned
    assert all(one.enabled for one in snapshot.hypervisors)


def test_volumes_and_pools_are_those_that_cinder_shows(snapshot: InventorySnapshot, admin: Connection) -> None:
    """The volume that a server was made on, too."""
    listed = admin.block_storage.volumes(details=False, all_projects=True)
    volumes = [admin.block_storage.get_volume(one.id) for one in listed]
    slow = Counter((one.project_id, one.volume_type, one.size, one.status) for one in volumes)
    assert {("inventory-hdd", 11), ("inventory-hdd", 13), ("inventory-ssd", 5)} <= {key[1:3] for key in slow}
    assert slow == Counter((one.project_id, one.tier, one.size_gib, one.status) for one in snapshot.volumes)
    pools = {one.name: one.capabilities["total_capacity_gb"] for one in admin.block_storage.backend_pools()}
    assert sorted(pools.values()) == sorted(one.total_gib for one in snapshot.pools if one.total_gib)
    assert {one.backend for one in snapshot.pools} == {"ssd", "hdd"}


def test_addresses_are_counted_by_network_and_by_project(
    snapshot: InventorySnapshot, admin: Connection, furnished: Any
) -> None:
    """Ten addresses, three taken: two floating IPs of one project, and its router; inner networks are none."""
    external = [one for one in admin.network.networks() if one.is_router_external]
    assert {one.network for one in snapshot.addresses} == {one.name for one in external}
    (ours,) = (one for one in snapshot.addresses if one.network == furnished.external)
    assert (ours.total, ours.used) == (10, 3)
    assert dict(snapshot.floating_ips) == Counter(one.project_id for one in admin.network.ips())
    assert snapshot.floating_ips[furnished.project_id] == 2


def test_network_objects_are_counted_as_neutrons_quota_counts_them(
    snapshot: InventorySnapshot, admin: Connection, furnished: Any
) -> None:
    """Neutron's own count of each project, asked one by one: a router's inner port counts, its outer one does not."""
    for project in admin.identity.projects():
        told = admin.network.get(f"/quotas/{project.id}/details").json()["quota"]
        ours = {name: snapshot.objects[name].get(project.id, 0) for name in snapshot.objects}
        assert ours == {name: told[NETWORK[name]]["used"] for name in snapshot.objects}, project.name
    counts = {name: snapshot.objects[name].get(furnished.project_id, 0) for name in snapshot.objects}
    assert counts == {"networks": 1, "subnets": 1, "routers": 1, "ports": 2, "securityGroups": 1}


def test_until_placement_was_asked_nova_tells_what_hosts_have(snapshot: InventorySnapshot, cloud: RunningCloud) -> None:
    """The same totals, and the same room, before the first host was asked by itself."""
    door = open_door(cloud.reader_name, {"OS_CLIENT_CONFIG_FILE": str(cloud.clouds_yaml)})
    early = OpenStackInventory(door, SystemClock(), at_once=0).read()
    assert all(one.total is None for host in early.hypervisors for one in host.inventories.values())
    assert _rooms(early) == _rooms(snapshot)
    assert next(health.completeness for health in early.health if health.part == "placement") == 0


def _rooms(snapshot: InventorySnapshot) -> list[tuple[Any, ...]]:
    return [
        (host.name, name, one.has, one.allocatable, one.used)
        for host in snapshot.hypervisors
        for name, one in sorted(host.inventories.items())
    ]


def test_subnets_tell_their_addresses_and_how_many_ports_have(
    snapshot: InventorySnapshot, admin: Connection, furnished: Any
) -> None:
    """Used by counting the fixed addresses of every port; ten can be given out, as the subnet was made."""
    taken = Counter(fixed["subnet_id"] for port in admin.network.ports() for fixed in port.fixed_ips)
    slow = Counter(
        (admin.network.get_network(one.network_id).name, one.cidr, taken[one.id])
        for one in admin.network.subnets(ip_version=4)
    )
    assert slow == Counter((one.network, one.cidr, one.used) for one in snapshot.subnets)
    (ours,) = (one for one in snapshot.subnets if one.network == furnished.external)
    assert (ours.cidr, ours.total, ours.used) == ("198.51.100.0/24", 10, 3)
