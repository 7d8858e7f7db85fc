"""Servers and volumes that never came up on a real cloud, and runs that were broken off while they did."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Program
from engine_real import stack
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


class Site:
    """One stack on the cloud, and what the services say themselves."""

    def __init__(self, root: Path, cloud: RunningCloud) -> None:
        self._root = root
        self._cloud = cloud
        self.provider = OpenStackProvider()
        self.command = EmbeddedCommand(self.provider)
        self._connection = self.provider.session({}, cloud.environment)._connection
        self.last: Program = lambda: None

    def at(self, program: Program) -> auto.Stack:
        self.last = program
        return stack(self._root, self._cloud, self.command, program)

    def up(self, program: Program) -> dict[str, int]:
        return dict(self.at(program).up().summary.resource_changes or {})

    def preview(self, program: Program) -> dict[str, int]:
        found = self.at(program).preview().change_summary
        return {str(getattr(op, "value", op)): count for op, count in found.items()}

    def ask(self, service: str, path: str, many: str) -> list[dict[str, Any]]:
        return list(self._connection.send(service, "GET", path).body[many])

    def servers(self) -> list[tuple[str, str]]:
        return [(s["id"], s["status"]) for s in self.ask("compute", "servers/detail?name=^unfinished$", "servers")]

    def volumes(self) -> list[tuple[str, str]]:
        found = self.ask("block-storage", "volumes/detail?name=unfinished", "volumes")
        return [(v["id"], v["status"]) for v in found]

    def reset(self, volume: str, status: str) -> None:
        body = {"os-reset_status": {"status": status}}
        assert self._connection.send("block-storage", "POST", f"volumes/{volume}/action", json=body).status == 202

    def errors(self, name: str) -> list[str]:
        resources = self.at(self.last).export_stack().deployment["resources"]
        return next(list(r.get("initErrors", ())) for r in resources if r["urn"].endswith(f"::{name}"))


@pytest.fixture
def site(tmp_path: Path, cloud: RunningCloud) -> Iterator[Site]:
    """Yield a stack; destroy what it holds at the end."""
    found = Site(tmp_path, cloud)
    yield found
    found.command = EmbeddedCommand(found.provider)
    found.at(found.last).destroy()


def server(image: Path, disk: int) -> Program:
    """A server that fits on a host where `disk` (GB) does."""

    def program() -> None:
        flavors = {
            size: openstack.compute.Flavor(f"f{size}", name=f"unfinished-{size}", ram=64, vcpus=1, disk=size)
            for size in (1, 90_000)
        }
        made = openstack.images.Image(
            "i", name="unfinished", container_format="bare", disk_format="raw", local_file_path=str(image)
        )
        network = openstack.networking.Network("n", name="unfinished")
        subnet = openstack.networking.Subnet("s", name="unfinished", network_id=network.id, cidr="10.64.0.0/24")
        port = openstack.networking.Port(
            "p", name="unfinished", network_id=network.id, fixed_ips=[{"subnet_id": subnet.id}]
        )
        openstack.compute.Instance(
            "server",
            name="unfinished",
            flavor_id=flavors[disk].id,
            image_id=made.id,
            networks=[{"port": port.id}],
        )

    return program


def volume(**timeouts: str) -> Program:
    def program() -> None:
        limits = pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(**timeouts))
        openstack.blockstorage.Volume("v", name="unfinished", size=1, opts=limits)

    return program


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Yield the data of an image."""
    path = tmp_path / "image.raw"
    path.write_bytes(b"mutualis" * 512)
    return path


def test_a_server_that_fits_nowhere_is_replaced_once_it_fits(site: Site, image: Path) -> None:
    """Each run tells Nova's own fault and keeps one server; a smaller flavor then takes its place."""
    seen = set()
    for _ in range(2):
        with pytest.raises(
            auto.CommandError, match=r"server 'unfinished' \(.*\) went to ERROR: No valid host was found"
        ):
            site.up(server(image, 90_000))
        ((identity, status),) = site.servers()
        assert status == "ERROR"
        seen.add(identity)
    assert len(seen) == 2
    assert site.preview(server(image, 1)) == {"same": 7, "replace": 1}
    assert site.up(server(image, 1)) == {"same": 7, "replace": 1}
    ((identity, status),) = site.servers()
    assert status == "ACTIVE"
    assert identity not in seen
    assert site.up(server(image, 1)) == {"same": 8}


def made_in_no_time(site: Site) -> str:
    """A volume whose creation was not waited for, available by now; its id."""
    with pytest.raises(auto.CommandError, match=r"gave up waiting for volume 'unfinished' .* to become available"):
        site.up(volume(create="1ms"))
    assert site.errors("v")
    end = time.monotonic() + 30
    while site.volumes()[0][1] != "available" and time.monotonic() < end:
        time.sleep(0.2)  # noqa: TID251  polls the service, with a limit
    return site.volumes()[0][0]


def test_a_volume_that_an_administrator_gave_up_is_replaced(site: Site) -> None:
    """Set to error behind our back before it was ever ours to use."""
    identity = made_in_no_time(site)
    site.reset(identity, "error")
    assert site.preview(volume()) == {"same": 1, "replace": 1}
    assert site.up(volume()) == {"same": 1, "replace": 1}
    ((now, status),) = site.volumes()
    assert status == "available"
    assert now != identity
    assert site.errors("v") == []


def test_a_volume_that_came_up_after_the_limit_is_kept(site: Site) -> None:
    """The next run clears its errors and touches nothing."""
    identity = made_in_no_time(site)
    assert site.up(volume()) == {"same": 1, "update": 1}
    assert site.volumes() == [(identity, "available")]
    assert site.errors("v") == []
    assert site.up(volume()) == {"same": 2}


def test_a_volume_that_cinder_cannot_place_tells_cinder_s_reason_each_time(site: Site) -> None:
    """Its user message, not only that it is in error."""

    def giant() -> None:
        openstack.blockstorage.QuoteSetV3("q", project_id=project, gigabytes=-1)
        openstack.blockstorage.Volume("v", name="unfinished", size=900_000)

    project = site.provider.session({}, site._cloud.environment)._connection.project_id
    try:
        for _ in range(2):
            text = r"volume 'unfinished' \(.*\) went to error: schedule allocate volume"
            with pytest.raises(auto.CommandError, match=text):
                site.up(giant)
            assert [status for _, status in site.volumes()] == ["error"]
    finally:
        site.up(lambda: openstack.blockstorage.QuoteSetV3("q", project_id=project, gigabytes=1000) and None)


def test_ctrl_c_ends_the_wait_for_a_server(site: Site, image: Path) -> None:
    """Within seconds, its id recorded; the next run goes on with the same server."""
    failures: list[str] = []

    def run() -> None:
        try:
            site.up(server(image, 1))
        except auto.CommandError as error:
            failures.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    end = time.monotonic() + 60
    while not site.servers() and time.monotonic() < end:
        time.sleep(0.01)  # noqa: TID251  polls the service, with a limit
    begun = time.monotonic()
    site.command.interrupt()
    thread.join(60)
    assert time.monotonic() - begun < 10
    ((identity, _),) = site.servers()
    site.command = EmbeddedCommand(site.provider)
    changes = site.up(server(image, 1))
    assert site.servers() == [(identity, "ACTIVE")]
    assert failures or changes == {"same": 8}  # Nova was faster than the interruption
    assert site.up(server(image, 1)) == {"same": 8}
