"""What cannot be done is told with tenant, resource, cause and what to do; the others are done."""

from __future__ import annotations

import pytest
from demo_region import DemoRegion, changes
from recording_proxy import RecordingProxy

pytestmark = pytest.mark.cloud
GIANT = {"name": "giant", "vcpus": 512, "memoryGiB": 64, "diskGiB": 10}


@pytest.fixture(scope="module")
def broken(demo: DemoRegion) -> DemoRegion:
    """The demo where one member asks for a router more than its main project may have, and has no budget."""
    demo.edit("tenants/arcy.yaml", lambda d: d["spec"]["quota"]["overrides"].update(routers=1))
    demo.edit("tenants/arcy.yaml", lambda d: d["spec"].pop("budget"))
    return demo


def test_an_unknown_flavor_is_refused_where_it_is_written(demo: DemoRegion) -> None:
    """file:line:col of the value, what was meant, exit 1; plan and apply stop there too."""
    file = demo.folder / "tenants" / "sainte-odile.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("flavor: imaging", "flavor: imagin"), encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "flavor: imaging" in one)
    for command in ("validate", "plan"):
        done = demo.run(command, str(demo.folder))
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"tenants/sainte-odile.yaml:{line}:15" in said
        assert "'imaging'" in said
    file.write_text(text, encoding="utf-8")


def test_one_failing_member_leaves_the_others_done(broken: DemoRegion) -> None:
    """Exit 3; the report names step, resource, the service's words and what to do."""
    report = broken.apply(code=3)
    status = {outcome["step"]: outcome["status"] for outcome in report["outcomes"]}
    assert status == {
        "region": "done",
        "tenant/arcy": "failed",
        "tenant/pays-des-lacs": "done",
        "tenant/sainte-odile": "done",
    }
    failures = next(o for o in report["outcomes"] if o["step"] == "tenant/arcy")["failures"]
    router = next(f for f in failures if "quota" in f["cause"].lower())
    assert router["resource"].startswith("main/")
    assert "quota" in router["hint"]
    shown = broken.run("report", str(broken.folder))
    assert shown.returncode == 3
    assert "tenant/arcy, main/" in shown.stdout
    assert "Traceback" not in shown.stdout


def test_mending_the_cause_finishes_the_work(broken: DemoRegion) -> None:
    """What was done is kept; the next apply does the rest, and the plan after it is empty."""
    broken.edit("tenants/arcy.yaml", lambda d: d["spec"]["quota"]["overrides"].pop("routers"))
    report = broken.apply()
    assert [outcome["step"] for outcome in report["outcomes"]] == ["tenant/arcy"]
    assert broken.plan()["steps"] == []
    volumes = [v.name for v in broken.connection().block_storage.volumes(all_projects=True)]
    assert len(volumes) == len(set(volumes)) == 8


def test_an_image_that_is_gone_fails_only_who_needs_it(broken: DemoRegion) -> None:
    """Deleted behind our back: the new server's member fails, says which image; exit 3."""
    cloud = broken.connection()
    cloud.image.delete_image(cloud.image.find_image("debian-12", ignore_missing=False))
    broken.edit(
        "tenants/arcy.yaml",
        lambda d: d["spec"]["servers"].append(
            {"name": "late-1", "flavor": "nano", "image": "debian-12", "networks": [{"network": "front"}]}
        ),
    )
    broken.edit("tenants/pays-des-lacs.yaml", lambda d: d["spec"]["quota"].update(overrides={"servers": 11}))
    report = broken.apply(code=3)
    status = {outcome["step"]: outcome["status"] for outcome in report["outcomes"]}
    assert status == {"tenant/arcy": "failed", "tenant/pays-des-lacs": "done"}
    failure = next(o for o in report["outcomes"] if o["step"] == "tenant/arcy")["failures"][0]
    assert failure["resource"] == "main/late-1"
    assert "image" in failure["cause"].lower()
    assert failure["hint"]


def test_lost_answers_make_nothing_twice(broken: DemoRegion) -> None:
    """The service makes a server and a volume, the answers never arrive: the next apply adopts both."""
    broken.edit("tenants/arcy.yaml", lambda d: _swap_late(d["spec"]))
    lost: set[str] = set()

    def lose(call: object) -> bool:
        method, path = call.method, call.path  # type: ignore[attr-defined]
        kind = path.rpartition("/")[2]
        if method == "POST" and kind in {"servers", "volumes"} and kind not in lost:
            lost.add(kind)
            return True
        return False

    with RecordingProxy(lose=lose) as proxy:
        broken.run("apply", str(broken.folder), "--yes", proxy=proxy)
    assert lost == {"servers", "volumes"}
    for _ in range(2):
        broken.run("apply", str(broken.folder), "--yes")
    assert broken.plan()["steps"] == []
    cloud = broken.connection()
    assert len([s for s in cloud.compute.servers(all_projects=True) if s.name == "late-1"]) == 1
    assert len([v for v in cloud.block_storage.volumes(all_projects=True) if v.name == "late-data"]) == 1


def _swap_late(spec: dict) -> None:  # type: ignore[type-arg]
    late = spec["servers"][-1]
    late.update(image="debian-13")
    spec["volumes"].append({"name": "late-data", "tier": "hdd", "sizeGiB": 1, "attachTo": "late-1"})


def test_a_server_that_found_no_host_is_replaced_once_it_fits(broken: DemoRegion) -> None:
    """It stays in ERROR and says why; with a size that fits, the next apply makes it anew, and only it."""
    broken.edit("catalogue.yaml", lambda d: d["spec"]["flavors"].append(GIANT))
    broken.edit("tenants/arcy.yaml", lambda d: _add_giant(d["spec"]))
    broken.waive("arcy", "POL104", "POL106")  # nothing is on the server's disk; the quota jumps
    report = broken.apply(code=3)
    failures = next(o for o in report["outcomes"] if o["step"] == "tenant/arcy")["failures"]
    failure = next(f for f in failures if f["resource"] == "main/colossus-1")
    assert "no valid host" in failure["cause"].lower()
    assert "mutualis capacity" in failure["hint"]
    broken.edit("tenants/arcy.yaml", lambda d: d["spec"]["servers"][-1].update(flavor="nano"))
    assert ("replace", "Instance", "main/colossus-1") in changes(broken.plan())
    broken.apply()
    assert broken.plan()["steps"] == []
    servers = [s for s in broken.connection().compute.servers(all_projects=True) if s.name == "colossus-1"]
    assert [server.status for server in servers] == ["ACTIVE"]


def _add_giant(spec: dict) -> None:  # type: ignore[type-arg]
    spec["quota"]["overrides"].update(vcpus=600, memoryGiB=200)
    spec["servers"].append(
        {"name": "colossus-1", "flavor": "giant", "image": "debian-13", "networks": [{"network": "front"}]}
    )


def test_a_service_that_is_down_is_worth_a_retry(broken: DemoRegion) -> None:
    """Exit 4, a message without a traceback; nothing is lost, and the same command works when it is back."""
    broken.edit("tenants/pays-des-lacs.yaml", lambda d: d["spec"]["quota"].update(overrides={"servers": 13}))
    broken.waive("pays-des-lacs", "POL107")  # its quota has just changed
    assert broken.run("lab", "down", "--dir", str(broken.lab)).returncode == 0
    done = broken.run("apply", str(broken.folder), "--yes")
    assert done.returncode in {3, 4}
    assert "Traceback" not in done.stdout + done.stderr
    assert broken.run("lab", "up", "--dir", str(broken.lab)).returncode == 0
    broken.apply()
    assert broken.plan()["steps"] == []
