"""What people do beside the specs: objects made, quotas and hosts changed by hand, through the services' own APIs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from openstack.connection import Connection

from lab.waiting import wait_until

WAIT = 600  # seconds: machines may be loaded
FULL = "aval-3"
"""Its servers take exactly what it has."""

OFF = "aval-2"
"""Its compute service is disabled."""

SLOWED = "amont-2"
"""It was given another ratio of vcpus."""


def live_in(cloud: Connection, strays: Sequence[str]) -> None:
    """Everything that this module knows. `strays`: hypervisors that are in no aggregate yet."""
    project = _project_of_nobody(cloud)
    _annexe(cloud, strays)
    _flavors(cloud)
    _servers(cloud, project, strays[0])
    _volumes(cloud, project)
    _addresses(cloud, project)
    _quotas(cloud)
    _hosts(cloud)
    assert wait_until(lambda: _pools_are_told(cloud), seconds=WAIT, every=1), "Cinder never told what its pools gave"


def _id(cloud: Connection, kind: str, name: str) -> str:
    """Of a project, image, flavor or network by its name."""
    finds = {
        "project": cloud.identity.find_project,
        "image": cloud.image.find_image,
        "flavor": cloud.compute.find_flavor,
        "network": cloud.network.find_network,
    }
    found: Any = finds[kind](name, ignore_missing=False)
    return str(found.id)


def _project_of_nobody(cloud: Connection) -> str:
    """Without tags, with the clouds' default quotas; two networks of one name and range, one with further subnets."""
    project = str(cloud.identity.create_project(name="orphan", domain_id="default").id)
    for ranges in (("10.99.0.0/24", "10.99.1.0/28"), ("10.99.0.0/24",)):
        network = cloud.network.create_network(name="lan", project_id=project)
        for cidr in ranges:
            cloud.network.create_subnet(network_id=network.id, project_id=project, cidr=cidr, ip_version=4)
        cloud.network.create_subnet(network_id=network.id, project_id=project, cidr="2001:db8:99::/64", ip_version=6)
    cloud.network.create_port(network_id=network.id, project_id=project, name="kept")
    return project


def _annexe(cloud: Connection, strays: Sequence[str]) -> None:
    """One stray gets a zone and, in another aggregate, none; the other stays in no aggregate."""
    for name, zone in (("annexe", "annexe"), ("odd", None)):
        aggregate = cloud.compute.create_aggregate(name=name, availability_zone=zone)
        cloud.compute.add_host_to_aggregate(aggregate, strays[0])


def _flavors(cloud: Connection) -> None:
    sizes = {
        "fill": {"vcpus": 2, "ram": 2560, "disk": 15},
        "fill-swap": {"vcpus": 1, "ram": 2560, "disk": 10, "ephemeral": 3, "swap": 1025},  # 15 GiB, rounded up
        "nowhere": {"vcpus": 1, "ram": 512, "disk": 100_000},
    }
    for name, size in sizes.items():
        cloud.compute.create_flavor(name=name, **size)


def _servers(cloud: Connection, project: str, stray: str) -> None:
    """One host filled to the brim, one server on a stray, one shelved away, one beside a member's, one nowhere."""
    placed = [("fill", f"aval:{FULL}")] * 3 + [("fill-swap", f"aval:{FULL}"), ("nano", f"annexe:{stray}")]
    made = [_server(cloud, project, f"orphan-{number}", flavor, zone) for number, (flavor, zone) in enumerate(placed)]
    made.append(shelved := _server(cloud, project, "orphan-shelved", "nano", "amont"))
    made.append(_server(cloud, _id(cloud, "project", "musee"), "beside", "small", "amont"))
    made.append(nowhere := _server(cloud, _id(cloud, "project", "musee"), "nowhere", "nowhere", "amont"))
    for server in made:
        wanted = "ERROR" if server == nowhere else "ACTIVE"
        cloud.compute.wait_for_server(cloud.compute.get_server(server), wanted, failures=["DELETED"], wait=WAIT)
    cloud.compute.shelve_server(shelved)
    cloud.compute.wait_for_server(cloud.compute.get_server(shelved), "SHELVED_OFFLOADED", wait=WAIT)


def _server(cloud: Connection, project: str, name: str, flavor: str, zone: str) -> str:
    server = _within(cloud, project).compute.create_server(
        name=name,
        flavor_id=_id(cloud, "flavor", flavor),
        image_id=_id(cloud, "image", "debian-13"),
        availability_zone=zone,
        networks="none",
    )
    return str(server.id)


def _within(cloud: Connection, project: str) -> Connection:
    """The administrator in a project that it had no role in until now."""
    role = cloud.identity.find_role("admin", ignore_missing=False)
    cloud.identity.assign_project_role_to_user(project, str(cloud.current_user_id), role)
    return cloud.connect_as_project(cloud.identity.get_project(project))


def _volumes(cloud: Connection, project: str) -> None:
    """One of a type outside the catalogue, one of the cloud's default type, one that is broken."""
    cloud.block_storage.create_type(name="legacy", extra_specs={"volume_backend_name": "hdd"})
    for owner, name, kind, size in (
        (_id(cloud, "project", "valbas"), "old-scans", "legacy", 17),
        (project, "orphan-data", None, 9),
        (project, "orphan-broken", "fast", 21),
    ):
        own = _within(cloud, owner)
        volume = own.block_storage.create_volume(name=name, volume_type=kind, size=size)
        own.block_storage.wait_for_status(volume, "available", wait=WAIT)
    cloud.block_storage.reset_volume_status(volume, status="error")


def _addresses(cloud: Connection, project: str) -> None:
    """A floating IP that leads nowhere; a second subnet of a member's network with a port in it, and one of IPv6."""
    cloud.network.create_ip(floating_network_id=_id(cloud, "network", "internet"), project_id=project)
    owner = _id(cloud, "project", "valmont")
    back = cloud.network.find_network("back", ignore_missing=False, project_id=owner)
    for cidr, version in (("10.20.9.0/28", 4), ("2001:db8:20::/64", 6)):
        subnet = cloud.network.create_subnet(network_id=back.id, project_id=owner, cidr=cidr, ip_version=version)
        cloud.network.create_port(network_id=back.id, project_id=owner, fixed_ips=[{"subnet_id": subnet.id}])


def _quotas(cloud: Connection) -> None:
    """Raised, lowered, and without limit, in each service."""
    cloud.compute.update_quota_set(_id(cloud, "project", "valbas"), cores=33)
    cloud.compute.update_quota_set(_id(cloud, "project", "musee"), instances=-1)
    cloud.network.update_quota(_id(cloud, "project", "agglo"), floating_ips=9, security_groups=-1)
    for name, limits in (("valbas", {"gigabytes_fast": 250}), ("departement", {"gigabytes_slow": -1})):
        _volume_quota(cloud, _id(cloud, "project", name), limits)


def _volume_quota(cloud: Connection, project: str, limits: dict[str, int]) -> None:
    """The SDK knows no quotas of volume types."""
    answer = cloud.block_storage.put(f"/os-quota-sets/{project}", json={"quota_set": limits})
    answer.raise_for_status()


def _hosts(cloud: Connection) -> None:
    """One is switched off, one takes fewer vcpus than the region says."""
    services: Collection[Any] = list(cloud.compute.services(binary="nova-compute", host=OFF))
    for service in services:
        cloud.compute.disable_service(service, OFF, service.binary, "broken fan")
    provider = cloud.placement.find_resource_provider(SLOWED, ignore_missing=False)
    inventory = cloud.placement.get(f"/resource_providers/{provider.id}/inventories/VCPU").json()
    body = inventory | {"allocation_ratio": 2.0}
    path = f"/resource_providers/{provider.id}/inventories/VCPU"
    cloud.placement.put(path, json=body).raise_for_status()


def _pools_are_told(cloud: Connection) -> bool:
    """Whether the scheduler has heard of every volume: back ends report once a minute."""
    given = sum(float(pool.capabilities["allocated_capacity_gb"]) for pool in cloud.block_storage.backend_pools())
    return given == sum(volume.size for volume in cloud.block_storage.volumes(all_projects=True))
