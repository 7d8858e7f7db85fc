"""What one member's environment is made of, really made and taken away again in the real cloud."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from openstack.connection import Connection

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK50Warning"),  # the SDK warns of its own calls
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK60Warning"),  # the same
]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a region offers before members come: two flavors, an image, the outer network, a type of volume."""

    small: Any
    large: Any
    image: Any
    outside: Any
    tier: Any


@pytest.fixture
def ground(admin: Connection, undo: Callable[..., Any]) -> Ground:
    compute, network, storage = admin.compute, admin.network, admin.block_storage
    small = compute.create_flavor(name="journey-small", vcpus=1, ram=512, disk=1)
    undo(compute.delete_flavor, small)
    large = compute.create_flavor(name="journey-large", vcpus=2, ram=2048, disk=10)
    undo(compute.delete_flavor, large)
    image = admin.image.create_image(name="journey", disk_format="raw", container_format="bare", data=b"\0" * 4096)
    undo(admin.image.delete_image, image)
    outside = network.create_network(
        name="journey-outside",
        is_router_external=True,
        provider_network_type="flat",
        provider_physical_network="physnet1",
    )
    undo(network.delete_network, outside)
    network.create_subnet(network_id=outside.id, ip_version=4, cidr="198.51.100.0/24", is_dhcp_enabled=False)
    tier = storage.create_type(name="journey-hdd", extra_specs={"volume_backend_name": "hdd"})
    undo(storage.delete_type, tier)
    return Ground(small=small, large=large, image=image, outside=outside, tier=tier)


def _network(admin: Connection, ground: Ground, undo: Callable[..., Any], project: str) -> Any:
    """Make a network with a subnet behind a router to the outside."""
    network = admin.network.create_network(name="inside", project_id=project)
    undo(admin.network.delete_network, network)
    subnet = admin.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.9.0.0/24", project_id=project)
    router = admin.network.create_router(
        name="way-out", project_id=project, external_gateway_info={"network_id": ground.outside.id}
    )
    undo(admin.network.delete_router, router)
    admin.network.add_interface_to_router(router, subnet_id=subnet.id)
    undo(admin.network.remove_interface_from_router, router, subnet_id=subnet.id)
    return network


def _server(member: Connection, ground: Ground, undo: Callable[..., Any], network: Any) -> Any:
    server = member.compute.create_server(
        name="vm", image_id=ground.image.id, flavor_id=ground.small.id, networks=[{"uuid": network.id}]
    )
    undo(member.compute.wait_for_delete, server, interval=0.3, wait=30)
    undo(member.compute.delete_server, server)
    return member.compute.wait_for_server(server, interval=0.3, wait=60)


def _volume(member: Connection, ground: Ground, undo: Callable[..., Any]) -> Any:
    storage = member.block_storage
    volume = storage.create_volume(size=2, name="data", volume_type=ground.tier.name)
    undo(storage.wait_for_delete, volume, interval=0.3, wait=30)
    undo(storage.delete_volume, volume)
    return storage.wait_for_status(volume, "available", interval=0.3, wait=30)


def test_a_member_s_environment_can_be_made(admin: Connection, ground: Ground, undo: Callable[..., Any]) -> None:
    """Project, quotas, network, server, volume on its tier, attachment, resize, floating address; then all deleted."""
    project = admin.identity.create_project(name="journey")
    undo(admin.identity.delete_project, project)
    for role in ("member", "admin"):
        admin.identity.assign_project_role_to_user(
            project, admin.identity.get_user(admin.current_user_id), admin.identity.find_role(role)
        )
    member = admin.connect_as_project(project)
    admin.set_compute_quotas(project.id, cores=3, instances=2)
    assert member.compute.get_quota_set(project.id).cores == 3
    network = _network(admin, ground, undo, project.id)
    volume = _volume(member, ground, undo)
    assert "hdd" in admin.block_storage.get_volume(volume.id).host
    server = _server(member, ground, undo, network)
    assert server.status == "ACTIVE"
    attachment = member.compute.create_volume_attachment(server, volume_id=volume.id)
    member.block_storage.wait_for_status(volume, "in-use", interval=0.3, wait=30)
    member.compute.resize_server(server, ground.large)
    member.compute.wait_for_server(server, status="VERIFY_RESIZE", interval=0.3, wait=60)
    member.compute.confirm_server_resize(server)
    assert member.compute.wait_for_server(server, interval=0.3, wait=60).flavor["original_name"] == "journey-large"
    port = next(member.network.ports(device_id=server.id))
    address = member.network.create_ip(floating_network_id=ground.outside.id, port_id=port.id)
    undo(member.network.delete_ip, address)
    assert address.fixed_ip_address == port.fixed_ips[0]["ip_address"]
    member.compute.delete_volume_attachment(server, attachment)
    member.block_storage.wait_for_status(volume, "available", interval=0.3, wait=30)
