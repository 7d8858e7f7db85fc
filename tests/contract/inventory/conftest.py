"""A cloud with something in it, and a slow second opinion."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from cloud_fixture import RunningCloud
from openstack.config import OpenStackConfig
from openstack.connection import Connection

sys.path.append(str(Path(__file__).parent))  # tests are no package; the hand-made cloud is found by its name

PREFIX = "inventory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """What the fixture made: names and ids that a test looks for."""

    project_id: str
    external: str


@pytest.fixture(scope="module")
def admin(cloud: RunningCloud) -> Iterator[Connection]:
    """The slow way: openstacksdk as the administrator, object by object."""
    config = OpenStackConfig(config_files=[str(cloud.clouds_yaml)], load_envvars=False)
    with Connection(config=config.get_one(cloud.cloud_name)) as connection:
        yield connection


@pytest.fixture(scope="module")
def furnished(admin: Connection) -> Iterator[Furnished]:
    """Tenant alpha's project; an aggregate; 4 servers, one on a volume, one shelved away; 4 volumes; 2 addresses."""
    with ExitStack() as undo:
        project = _project(admin, undo)
        _aggregate(admin, undo)
        _servers(admin, undo)
        _volumes(admin, undo)
        external = _addresses(admin, undo, project)
        _inner_network(admin, undo, project, external)
        yield Furnished(project_id=project, external=external)


def _project(admin: Connection, undo: ExitStack) -> str:
    project = admin.identity.create_project(
        name=f"{PREFIX}-alpha", domain_id="default", tags=["mutualis", "tenant=alpha"]
    )
    undo.callback(admin.identity.delete_project, project)
    return str(project.id)


def _aggregate(admin: Connection, undo: ExitStack) -> None:
    """Without a zone: other tests may put the same hosts into one."""
    aggregate = admin.compute.create_aggregate(name=f"{PREFIX}-general")
    undo.callback(admin.compute.delete_aggregate, aggregate)
    for host in sorted(one.name for one in admin.compute.hypervisors())[:2]:
        admin.compute.add_host_to_aggregate(aggregate, host)
        undo.callback(admin.compute.remove_host_from_aggregate, aggregate, host)


def _servers(admin: Connection, undo: ExitStack) -> None:
    flavor = admin.compute.create_flavor(
        name=f"{PREFIX}-flavor", vcpus=3, ram=1536, disk=7, ephemeral=2, swap=1025, is_public=True
    )
    undo.callback(admin.compute.delete_flavor, flavor)
    image = admin.image.create_image(
        name=f"{PREFIX}-image", data=b"\0" * 1024, disk_format="raw", container_format="bare", wait=True
    )
    undo.callback(admin.image.delete_image, image)
    local = {"image_id": image.id}
    root = {"boot_index": 0, "uuid": _bootable(admin, undo), "source_type": "volume", "destination_type": "volume"}
    sources = (local, local, local, {"block_device_mapping": [root]})
    for number, source in enumerate(sources):
        server = admin.compute.create_server(name=f"{PREFIX}-{number}", flavor_id=flavor.id, networks="none", **source)
        undo.callback(_delete_server, admin, server.id)
        admin.compute.wait_for_server(server, wait=60)
    admin.compute.shelve_server(server := admin.compute.find_server(f"{PREFIX}-0"))
    admin.compute.wait_for_server(server, status="SHELVED_OFFLOADED", wait=60)


def _bootable(admin: Connection, undo: ExitStack) -> str:
    """A volume of the default type that a server can start from."""
    volume = admin.block_storage.create_volume(name=f"{PREFIX}-root", size=4)
    undo.callback(_delete_volume, admin, volume.id)
    admin.block_storage.wait_for_status(volume, "available", wait=60)
    admin.block_storage.set_volume_bootable_status(volume, bootable=True)
    return str(volume.id)


def _delete_server(admin: Connection, server: str) -> None:
    found = admin.compute.get_server(server)
    admin.compute.delete_server(found)
    admin.compute.wait_for_delete(found, wait=60)


def _volumes(admin: Connection, undo: ExitStack) -> None:
    for backend, sizes in {"ssd": (5,), "hdd": (11, 13)}.items():
        tier = admin.block_storage.create_type(name=f"{PREFIX}-{backend}", extra_specs={"volume_backend_name": backend})
        undo.callback(admin.block_storage.delete_type, tier)
        for size in sizes:
            volume = admin.block_storage.create_volume(name=f"{PREFIX}-{size}", size=size, volume_type=tier.name)
            undo.callback(_delete_volume, admin, volume.id)
            admin.block_storage.wait_for_status(volume, "available", wait=60)


def _delete_volume(admin: Connection, volume: str) -> None:
    found = admin.block_storage.get_volume(volume)
    admin.block_storage.delete_volume(found)
    admin.block_storage.wait_for_delete(found, wait=60)


def _inner_network(admin: Connection, undo: ExitStack, project: str, external: str) -> None:
    """A network of the project's with a router to the external one, and a port."""
    network = admin.network.create_network(name=f"{PREFIX}-inner", project_id=project)
    undo.callback(admin.network.delete_network, network)
    subnet = admin.network.create_subnet(
        network_id=network.id, ip_version=4, cidr="10.9.0.0/24", project_id=project, is_dhcp_enabled=False
    )
    undo.callback(admin.network.delete_subnet, subnet)
    outside = admin.network.find_network(external, ignore_missing=False)
    router = admin.network.create_router(
        name=PREFIX, project_id=project, external_gateway_info={"network_id": outside.id}
    )
    undo.callback(admin.network.delete_router, router)
    admin.network.add_interface_to_router(router, subnet_id=subnet.id)
    undo.callback(admin.network.remove_interface_from_router, router, subnet_id=subnet.id)
    port = admin.network.create_port(network_id=network.id, project_id=project)
    undo.callback(admin.network.delete_port, port)


def _addresses(admin: Connection, undo: ExitStack, project: str) -> str:
    """Two floating IPs of the project's on a network of our own."""
    network = admin.network.create_network(name=f"{PREFIX}-external", is_router_external=True)
    undo.callback(admin.network.delete_network, network)
    subnet = admin.network.create_subnet(
        network_id=network.id,
        ip_version=4,
        cidr="198.51.100.0/24",
        allocation_pools=[{"start": "198.51.100.10", "end": "198.51.100.19"}],
    )
    undo.callback(admin.network.delete_subnet, subnet)
    for _ in range(2):
        address = admin.network.create_ip(floating_network_id=network.id, project_id=project)
        undo.callback(admin.network.delete_ip, address)
    return str(network.name)
