"""An apply that is killed or stopped leaves a state from which the next one finishes: no duplicate, no orphan."""

from __future__ import annotations

import copy
import signal
import subprocess
import time
from collections import Counter
from typing import Any

import pytest
from demo_region import DemoRegion

pytestmark = pytest.mark.cloud


def start(region: DemoRegion, *target: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        region.command("apply", *(target or (str(region.folder), "--yes"))),
        env=region.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def objects(region: DemoRegion) -> dict[str, Counter[Any]]:
    """Everything that members' stacks make, by kind, named as an administrator sees it."""
    cloud = region.connection()
    names = {project.id: project.name for project in cloud.identity.projects()}
    ours = {one: name for one, name in names.items() if name.split("-")[0] in {"arcy", "pays", "sainte"}}

    def count(items: Any) -> Counter[Any]:
        return Counter((ours[item.project_id], item.name) for item in items if item.project_id in ours)

    return {
        "projects": Counter(ours.values()),
        "groups": Counter(group.name for group in cloud.identity.groups()),
        "servers": count(cloud.compute.servers(all_projects=True)),
        "volumes": count(cloud.block_storage.volumes(all_projects=True)),
        "networks": count(cloud.network.networks()),
        "subnets": count(cloud.network.subnets()),
        "routers": count(cloud.network.routers()),
        "security groups": count(cloud.network.security_groups()),
        "floating ips": Counter(ours[ip.project_id] for ip in cloud.network.ips() if ip.project_id in ours),
        "ports": Counter(
            (ours[port.project_id], port.name)
            for port in cloud.network.ports()
            if port.project_id in ours and port.name
        ),
    }


@pytest.mark.timeout(1200)  # two plans and two applies besides the four that are killed
def test_killed_again_and_again_the_reviewed_plan_still_ends_right(demo: DemoRegion) -> None:
    """Kill -9 after 3, 5, 7, ... seconds of each run of one plan file; then it is finished, each object is there once.

    The next pipeline says that it goes on with what was reviewed; a job that is started once more has nothing to do.
    """
    plan = str(demo.state.parent / "plan.json")
    made = demo.run("plan", str(demo.folder), "--out", plan)
    assert made.returncode == 0, made.stdout + made.stderr
    for seconds in (3, 5, 7, 9):
        process = start(demo, plan)
        time.sleep(seconds)  # noqa: TID251 the moment of the kill is meant to be arbitrary
        process.kill()
        process.communicate()
    finished = demo.run("apply", plan, seconds=600)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    again = demo.run("apply", plan)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "the reviewed plan was carried out by run" in again.stderr
    assert demo.plan()["steps"] == []
    found = objects(demo)
    doubled = {kind: [name for name, n in names.items() if n > 1] for kind, names in found.items()}
    doubled.pop("floating ips")
    assert not any(doubled.values()), doubled
    assert len(found["servers"]) == 10
    assert len(found["volumes"]) == 8
    assert sum(found["floating ips"].values()) == 2
    assert demo.connection().compute.get("/servers/detail?all_tenants=1&status=ERROR").json()["servers"] == []


def test_stopped_by_hand_it_says_what_waits(demo: DemoRegion) -> None:
    """INT lets what is in flight finish; exit is not 0; the next apply does the rest."""
    demo.edit("region.yaml", lambda d: d["spec"]["deletion"].update(budget=300))
    for tenant in ("arcy", "pays-des-lacs"):
        demo.edit(f"tenants/{tenant}.yaml", lambda d: d["spec"]["servers"].append(_server(d["spec"])))
    process = start(demo)
    assert process.stdout is not None
    for line in process.stdout:
        if "begun    tenant/" in line:
            break
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=120)
    assert process.returncode != 0, said
    assert "Traceback" not in said
    assert "waiting" in said
    demo.apply()
    assert demo.plan()["steps"] == []
    assert sum(objects(demo)["servers"].values()) == 12


def test_two_at_once_the_second_says_who_is_busy_or_waits(demo: DemoRegion) -> None:
    """Exit 4: worth a retry; it names user, process and since when. With --wait it comes after the first one."""
    demo.edit("tenants/arcy.yaml", lambda d: d["spec"]["quota"]["overrides"].update(servers=9))
    first = start(demo)
    try:
        deadline = time.monotonic() + 60
        while f'"pid": {first.pid}' not in signed(demo) and time.monotonic() < deadline:
            time.sleep(0.02)  # noqa: TID251 polling a file of another process
        first.send_signal(signal.SIGSTOP)
        second = demo.run("apply", str(demo.folder), "--yes")
        third = start(demo, str(demo.folder), "--yes", "--wait", "1h")
        assert third.stdout is not None
        waiting = third.stdout.readline()
    finally:
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=280)
    after, _ = third.communicate(timeout=280)
    assert f"process {first.pid}; waiting for 3600 s at most" in waiting
    assert third.returncode == 0, after
    assert "nothing to do" in after
    assert first.returncode == 0
    assert second.returncode == 4
    assert f"process {first.pid}" in second.stderr
    assert "busy since" in second.stderr


def signed(region: DemoRegion) -> str:
    """What whoever holds the region wrote into its lock."""
    lock = region.state / "demo" / "lock"
    return lock.read_text() if lock.exists() else ""


def _server(spec: dict[str, Any]) -> dict[str, Any]:
    network = spec["networks"][0]["name"]
    return {**copy.deepcopy(spec["servers"][0]), "name": "extra-1", "networks": [{"network": network}]}
