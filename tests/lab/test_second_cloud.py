"""A second cloud beside the session's, restored from its snapshot, and treated badly.

The tests share it and run in order; each leaves it in a state that `up` makes good.
"""

import os
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cloud_fixture import OPTIONAL, SHAPE, RunningCloud

from lab.cloud import Cloud
from lab.control_plane import DESIGNATE, SWIFT, services_with
from lab.definition import load_definition, load_passwords
from lab.errors import PortTakenError, ServiceDiedError
from lab.process import figures
from lab.rest import Rest
from lab.shape import Hypervisor, VolumeBackend
from lab.status import State
from lab.waiting import wait_until

pytestmark = pytest.mark.cloud


def _admin(cloud: Cloud) -> tuple[Rest, int]:
    definition = load_definition(cloud.layout)
    assert definition is not None
    base = definition.port_base
    return Rest().log_in(f"http://127.0.0.1:{base}/v3", "admin", load_passwords(cloud.layout)["admin"], "admin"), base


def _account(cloud: Cloud) -> tuple[Rest, str]:
    """Return the administrator, and the address of its objects."""
    rest, base = _admin(cloud)
    return rest, f"{SWIFT.url(base)}/v1/AUTH_{rest.project}"


def _zones(cloud: Cloud) -> dict[str, str]:
    """Return the status of each zone of the administrator's by its name."""
    rest, base = _admin(cloud)
    return {zone["name"]: zone["status"] for zone in rest.get(f"{DESIGNATE.url(base)}/v2/zones")["zones"]}


def _make_zone(cloud: Cloud, name: str) -> None:
    rest, base = _admin(cloud)
    rest.post(f"{DESIGNATE.url(base)}/v2/zones", {"name": name, "email": "registrar@museum.example"})
    assert wait_until(lambda: _zones(cloud)[name] == "ACTIVE", seconds=30)


def _pid(cloud: Cloud, name: str) -> int:
    pid = next(service.pid for service in cloud.status().services if service.name == name)
    assert pid is not None
    return pid


@pytest.fixture(scope="module")
def second(cloud: RunningCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Yield a cloud in another directory, on other ports, with the first one's state; it is up at the beginning."""
    directory = tmp_path_factory.mktemp("second")
    rest, account = _account(cloud.handle)
    rest.put(f"{account}/kept")
    rest.put(f"{account}/kept/object")
    _make_zone(cloud.handle, "kept.example.")
    cloud.handle.snapshot(directory / "first.tar.gz")
    second = Cloud(directory=directory / "lab of another name", python=cloud.handle.python)
    second.restore(directory / "first.tar.gz")
    second.up(print)
    try:
        yield second
    finally:
        second.down()


def test_a_restored_cloud_runs_beside_the_first(cloud: RunningCloud, second: Cloud) -> None:
    """Both answer on ports of their own; each catalogue names only its own ports; what one makes the other lacks."""
    rest, base = _admin(second)
    first_rest, first_base = _admin(cloud.handle)
    assert abs(base - first_base) >= 10
    endpoints = rest.get(f"http://127.0.0.1:{base}/v3/endpoints")["endpoints"]
    ports = {service.port(base) for service in services_with(OPTIONAL)}
    assert {int(e["url"].split(":")[2].split("/")[0]) for e in endpoints} == ports
    rest.post(f"http://127.0.0.1:{base}/v3/projects", {"project": {"name": "only-in-the-second"}})
    names = {p["name"] for p in first_rest.get(f"http://127.0.0.1:{first_base}/v3/projects")["projects"]}
    assert "only-in-the-second" not in names


def test_a_restored_cloud_has_the_objects_of_the_first(second: Cloud) -> None:
    """With what stands in their files' extended attributes, on a port of its own."""
    rest, account = _account(second)
    (found,) = rest.get(f"{account}/kept?format=json")
    assert found["name"] == "object"
    assert rest.get(f"{account}/kept/object") is None


def test_a_restored_cloud_asks_its_own_name_server(second: Cloud) -> None:
    """The first one's zone is there; one that is made now becomes active, which MiniDNS on its new port decides."""
    assert _zones(second)["kept.example."] == "ACTIVE"
    _make_zone(second, "made-after.example.")


def test_a_killed_service_is_seen_and_repaired(second: Cloud) -> None:
    """After kill -9 status says dead, and up starts that service alone."""
    os.kill(_pid(second, "placement"), signal.SIGKILL)
    assert wait_until(lambda: not second.status().is_up, seconds=5)
    dead = [service.name for service in second.status().services if service.state is State.DEAD]
    assert dead == ["placement"]
    assert second.up(print).started == ("placement",)
    assert second.status().is_up


def test_down_takes_less_than_two_seconds_and_leaves_no_process(second: Cloud) -> None:
    """Every process of the cloud is gone, also those that its services started."""
    before = {service.pid for service in second.status().services}
    assert None not in before
    began = time.monotonic()
    assert second.down() == len(before)
    assert time.monotonic() - began < 2
    assert second.status().is_down
    assert not _processes_of(second)
    assert second.down() == 0


def _processes_of(cloud: Cloud) -> list[int]:
    """Return the living processes that name the cloud's directory in their arguments or work in it."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            mentions = str(cloud.layout.root).encode() in (process / "cmdline").read_bytes()
            if process.name.isdigit() and (mentions or (process / "cwd").readlink() == cloud.layout.root):
                found.append(int(process.name))
        except OSError:  # it has ended meanwhile, or is the kernel's own
            continue
    return [pid for pid in found if figures(pid)]


def test_a_taken_port_is_named_and_nothing_is_started(second: Cloud) -> None:
    """Somebody listens where Glance would: up names the port and the process, and leaves all down."""
    definition = load_definition(second.layout)
    assert definition is not None
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", definition.port_base + 2))
        server.listen()
        with pytest.raises(PortTakenError) as caught:
            second.up(print)
    assert (caught.value.port, caught.value.pid) == (definition.port_base + 2, os.getpid())
    assert second.status().is_down


def test_kept_data_is_there_and_a_larger_shape_is_taken_over(second: Cloud) -> None:
    """The project of before is still there; a new host (with its ratio) and a new back end have joined."""
    host = Hypervisor(name="cmp-east1", vcpus=8, memory_mb=8192, local_gb=100, cpu_ratio=2.5)
    backend = VolumeBackend(name="archive", capacity_gb=1000)
    shape = replace(SHAPE, hypervisors=(*SHAPE.hypervisors, host), volume_backends=(*SHAPE.volume_backends, backend))
    ready = replace(second, shape=shape).up(print)
    assert len(ready.started) == len(ready.status.services)
    rest, base = _admin(second)
    names = {p["name"] for p in rest.get(f"http://127.0.0.1:{base}/v3/projects")["projects"]}
    assert "only-in-the-second" in names
    providers = rest.get(f"http://127.0.0.1:{base + 1}/resource_providers?name=cmp-east1")["resource_providers"]
    inventories = rest.get(f"http://127.0.0.1:{base + 1}/resource_providers/{providers[0]['uuid']}/inventories")
    assert inventories["inventories"]["VCPU"]["allocation_ratio"] == 2.5
    assert inventories["inventories"]["VCPU"]["total"] == 8
    services = rest.get(f"http://127.0.0.1:{base + 4}/v3/{rest.project}/os-services")["services"]
    assert "lab@archive" in {service["host"] for service in services}


def test_a_service_that_cannot_start_is_named_with_its_log(second: Cloud) -> None:
    """Cinder's database is scribbled over: the error names the service, its log and what that says last."""
    second.down()
    for suffix in ("-wal", "-shm"):
        second.layout.database(f"cinder{suffix}").unlink(missing_ok=True)
    second.layout.database("cinder").write_bytes(b"this is no database at all" * 1000)
    with pytest.raises(ServiceDiedError) as caught:
        second.up(print)
    assert caught.value.service == "cinder"
    assert caught.value.log == second.layout.logs / "cinder.log"
    assert "file is not a database" in caught.value.last_error


def test_reset_leaves_nothing(second: Cloud) -> None:
    """Not a process, not a file, not the directory."""
    second.reset()
    assert not second.directory.exists()
    assert not _processes_of(second)
