"""The session's cloud while it runs: seen by its supervisor, the kernel, and the two users of clouds.yaml."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cloud_fixture import OPTIONAL, SHAPE, RunningCloud
from openstack.connection import Connection
from openstack.exceptions import ForbiddenException

from lab.control_plane import services_with
from lab.definition import load_passwords
from lab.ports import socket_inodes
from lab.status import State

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK50Warning"),  # the SDK warns of its own calls
    pytest.mark.filterwarnings("ignore::openstack.warnings.RemovedInSDK60Warning"),  # the same
]

EXTENSIONS = {
    "address-group",
    "external-net",
    "network-ip-availability",
    "port-security",
    "provider",
    "qos",
    "quotas",
    "quota_details",
    "rbac-policies",
    "router",
    "security-group",
    "segment",
    "standard-attr-tag",
    "subnet_allocation",
    "trunk",
}
LOOPBACK = "0100007F"  # 127.0.0.1 as /proc/net prints it


def _pids(cloud: RunningCloud) -> list[int]:
    return [service.pid for service in cloud.handle.status().services if service.pid]


def test_status_tells_what_runs(cloud: RunningCloud) -> None:
    """Control plane and optional services up, each with its process, address, memory, CPU time and log."""
    status = cloud.handle.status()
    assert status.is_up
    assert [service.name for service in status.services] == [service.name for service in services_with(OPTIONAL)]
    for service in status.services:
        assert service.state is State.UP
        assert Path(f"/proc/{service.pid}").exists()
        assert service.rss_bytes > 50 << 20
        assert service.cpu_seconds > 0.5
        assert service.log.stat().st_size > 0


def test_a_second_up_says_that_it_runs(cloud: RunningCloud) -> None:
    """Nothing is started, no process changes, and it takes no time to speak of."""
    before = _pids(cloud)
    ready = cloud.handle.up(print)
    assert ready.already_running
    assert ready.seconds < 20, "a start takes twice that"
    assert _pids(cloud) == before


def _listening(pid: int) -> Iterator[str]:
    """Yield the addresses on which a process accepts or receives, IPv4 or IPv6, TCP or UDP."""
    inodes = set(socket_inodes(pid))
    for name, state in (("tcp", "0A"), ("tcp6", "0A"), ("udp", "07"), ("udp6", "07")):
        for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == state and fields[9] in inodes:
                yield fields[1].partition(":")[0]


def test_every_socket_is_on_loopback(cloud: RunningCloud) -> None:
    """The kernel's tables: each service listens, and only on 127.0.0.1."""
    for pid in _pids(cloud):
        assert set(_listening(pid)) == {LOOPBACK}


def test_no_password_is_among_any_process_s_arguments(cloud: RunningCloud) -> None:
    """Neither of the services nor of anything else on the machine."""
    passwords = [password.encode() for password in load_passwords(cloud.handle.layout).values()]
    seen = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and process.name != str(os.getpid()):
            try:
                arguments = (process / "cmdline").read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            seen += 1
            assert not [password for password in passwords if password in arguments]
    assert seen > len(_pids(cloud))


def test_files_are_for_their_owner_only(cloud: RunningCloud) -> None:
    """The directory lets nobody else in, and whatever holds a password is 0600 by itself."""
    assert cloud.directory.stat().st_mode & 0o777 == 0o700
    passwords = [password.encode() for password in load_passwords(cloud.handle.layout).values()]
    for path in cloud.directory.rglob("*"):
        if path.is_file() and any(password in path.read_bytes() for password in passwords):
            assert path.stat().st_mode & 0o077 == 0, path


def test_network_extensions_are_there(admin: Connection) -> None:
    """What Mutualis and its exporter rely on in Neutron."""
    assert {extension.alias for extension in admin.network.extensions()} >= EXTENSIONS


def test_the_hypervisors_are_those_of_the_shape(admin: Connection) -> None:
    """Each is up and has the size that was asked for; there is no other."""
    hosts = {host["name"]: host for host in map(dict, admin.placement.resource_providers())}
    assert set(hosts) == {host.name for host in SHAPE.hypervisors}
    assert {host.state for host in admin.compute.hypervisors(details=True)} == {"up"}
    for host in SHAPE.hypervisors:
        inventory = {
            item.resource_class: item for item in admin.placement.resource_provider_inventories(hosts[host.name]["id"])
        }
        assert inventory["VCPU"].total == host.vcpus
        assert inventory["MEMORY_MB"].total == host.memory_mb
        assert inventory["DISK_GB"].total == host.local_gb


def test_the_reader_sees_what_belongs_to_others(admin: Connection, reader: Connection) -> None:
    """A project's network, quota and volume, made by the administrator, are seen by the read-only user."""
    project = admin.identity.create_project(name="seen-by-reader")
    network = admin.network.create_network(name="seen", project_id=project.id)
    try:
        assert project.id in {item.id for item in reader.identity.projects()}
        assert network.id in {item.id for item in reader.network.networks()}
        assert reader.compute.get_quota_set(project.id).cores == admin.compute.get_quota_set(project.id).cores
        assert reader.network.get_quota(project.id).networks == admin.network.get_quota(project.id).networks
        assert reader.block_storage.get_quota_set(project.id).volumes > 0
        assert len(list(reader.compute.hypervisors(details=True))) == len(SHAPE.hypervisors)
        assert len(list(reader.placement.resource_providers())) == len(SHAPE.hypervisors)
        assert len(list(reader.block_storage.services())) == len(SHAPE.volume_backends) + 1
        list(reader.compute.servers(all_projects=True))
        list(reader.block_storage.volumes(all_projects=True))
        list(reader.identity.role_assignments())
    finally:
        admin.network.delete_network(network)
        admin.identity.delete_project(project)


WRITES = {
    "project": lambda c: c.identity.create_project(name="never"),
    "user": lambda c: c.identity.create_user(name="never", password="x"),
    "flavor": lambda c: c.compute.create_flavor(name="never", ram=1, vcpus=1, disk=1),
    "aggregate": lambda c: c.compute.create_aggregate(name="never"),
    "server": lambda c: c.compute.create_server(
        name="never", flavor_id="1", image_id="", networks="none", block_device_mapping=[]
    ),
    "keypair of another": lambda c: c.compute.create_keypair(name="never", user_id="0" * 32),
    "network": lambda c: c.network.create_network(name="never"),
    "security group": lambda c: c.network.create_security_group(name="never"),
    "network quota": lambda c: c.network.update_quota(c.current_project_id, networks=1),
    "volume": lambda c: c.block_storage.create_volume(size=1),
    "volume type": lambda c: c.block_storage.create_type(name="never"),
    "volume quota": lambda c: c.block_storage.update_quota_set(c.current_project_id, volumes=1),
    "image": lambda c: c.image.create_image(name="never", disk_format="raw", container_format="bare"),
    "resource provider": lambda c: c.placement.create_resource_provider(name="never"),
}


@pytest.mark.parametrize("what", WRITES)
def test_the_reader_writes_nothing(reader: Connection, what: str) -> None:
    """Each service refuses (403), by policy, what would change something."""
    with pytest.raises(ForbiddenException):
        WRITES[what](reader)
