"""Hosts of a running cloud leave their duty and come back: by the command, looked at by openstacksdk."""

from __future__ import annotations

import signal
import subprocess
from typing import Any

import pytest
import yaml
from demo_region import DemoRegion
from fault_proxy import FaultProxy
from openstack.connection import Connection

pytestmark = pytest.mark.cloud
OURS = "mutualis: maintenance"
STEP = "maintenance/nord-1"


@pytest.fixture(scope="module")
def bare(demo: DemoRegion) -> DemoRegion:
    """The demo's hosts and catalogue without its members, applied: what stands on the hosts, the tests put there."""
    for file in [*demo.folder.glob("tenants/*"), *demo.folder.glob("waivers/*")]:
        file.unlink()
    demo.edit("hosts/sud-3.yaml", lambda d: d["spec"].pop("owner"))
    demo.apply()
    return demo


@pytest.fixture(scope="module")
def member(bare: DemoRegion) -> Connection:
    """An administrator in a project of the tenant `arcy`."""
    cloud = bare.connection()
    project = cloud.identity.create_project(name="arcy", domain_id="default", tags=["mutualis", "tenant=arcy"])
    cloud.identity.assign_project_role_to_user(project, cloud.current_user_id, cloud.identity.find_role("admin"))
    return cloud.connect_as_project(project)


@pytest.fixture(scope="module")
def servers(member: Connection) -> list[str]:
    """Ids of three servers on nord-1: two run, one is shut off."""
    ids = [boot(member, name, "nano", "nord-1") for name in ("web-1", "web-2", "off-1")]
    member.compute.stop_server(ids[2])
    member.compute.wait_for_server(member.compute.get_server(ids[2]), status="SHUTOFF", wait=180)
    return ids


def boot(cloud: Connection, name: str, flavor: str, host: str) -> str:
    """A server on that very host; its id."""
    image = next(one for one in cloud.image.images() if one.name.startswith("debian-12"))
    zone = host.partition("-")[0]
    server = cloud.compute.create_server(
        name=name,
        flavor_id=cloud.compute.find_flavor(flavor, ignore_missing=False).id,
        image_id=image.id,
        networks="none",
        availability_zone=f"{zone}:{host}",
    )
    return str(cloud.compute.wait_for_server(server, wait=180).id)


def maintain(region: DemoRegion, host: str, *, wanted: bool) -> None:
    region.edit(f"hosts/{host}.yaml", lambda document: document["spec"].update(maintenance=wanted))


def service(region: DemoRegion, host: str) -> Any:
    (found,) = region.connection().compute.services(binary="nova-compute", host=host)
    return found


def hosts_of(region: DemoRegion, servers: list[str]) -> set[str]:
    cloud = region.connection()
    return {cloud.compute.get_server(one).compute_host for one in servers}


def outcome(report: dict[str, Any], step: str = STEP) -> dict[str, Any]:
    (found,) = (one for one in report["outcomes"] if one["step"] == step)
    return dict(found)


def test_the_plan_shows_who_would_move_and_moves_nobody(bare: DemoRegion, servers: list[str]) -> None:
    """With the reading credential: server, tenant, and a host of the same aggregate."""
    maintain(bare, "nord-1", wanted=True)
    (step,) = bare.plan()["steps"]
    assert {(one["server"], one["owner"]) for one in step["moves"]} == {
        ("web-1", "arcy"),
        ("web-2", "arcy"),
        ("off-1", "arcy"),
    }
    assert {one["target"] for one in step["moves"]} <= {"nord-2", "nord-3"}
    assert hosts_of(bare, servers) == {"nord-1"}
    assert service(bare, "nord-1").status == "enabled"


def test_killed_while_servers_leave_the_next_apply_empties_the_host(bare: DemoRegion, servers: list[str]) -> None:
    """Kill -9 after the first server has left; then every server is elsewhere, as it was, and nothing is left to do."""
    process = subprocess.Popen(
        bare.command("apply", str(bare.folder), "--yes"),
        env=bare.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "moved    maintenance/nord-1" in line:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=120)
    assert any("disabled maintenance/nord-1: nova-compute" in line for line in said), said
    report = bare.apply()
    assert outcome(report)["status"] == "done"
    assert hosts_of(bare, servers) <= {"nord-2", "nord-3"}
    cloud = bare.connection()
    assert [cloud.compute.get_server(one).status for one in servers] == ["ACTIVE", "ACTIVE", "SHUTOFF"]
    assert (service(bare, "nord-1").status, service(bare, "nord-1").disabled_reason) == ("disabled", OURS)
    assert bare.plan()["steps"] == []


def test_status_tells_what_is_where(bare: DemoRegion, servers: list[str]) -> None:
    """Read by the credential that may not see on which host a server is."""
    shown = bare.run("hosts", "status", str(bare.folder), "--format", "json")
    assert shown.returncode == 0, shown.stderr
    found = {one["host"]: one for one in yaml.safe_load(shown.stdout)}
    assert found["nord-1"]["servers"] == 0
    assert sum(one["servers"] for one in found.values()) == len(servers)
    assert found["nord-1"]["services"][0]["reason"] == OURS


def test_a_nova_that_answers_503_is_told_and_the_next_apply_does_it(bare: DemoRegion, servers: list[str]) -> None:
    """Back in duty: exit 4, worth a retry; then the service is enabled, and the servers stay where they are."""
    maintain(bare, "nord-1", wanted=False)
    stand = hosts_of(bare, servers)
    with FaultProxy() as proxy:
        proxy.spoil("503")
        report = bare.apply(proxy=proxy, code=4)
    failure = outcome(report)["failures"][0]
    assert "503" in failure["cause"]
    assert failure["temporary"]
    assert bare.apply()["outcomes"][0]["counts"] == {"enabled": 1}
    assert service(bare, "nord-1").status == "enabled"
    assert hosts_of(bare, servers) == stand
    assert bare.plan()["steps"] == []
