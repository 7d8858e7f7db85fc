"""Each change of a spec does exactly that and nothing else, and the plan after it is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from demo_region import DemoRegion, changes
from recording_proxy import RecordingProxy

pytestmark = pytest.mark.cloud
Spec = dict[str, Any]
Wanted = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Case:
    """An edit of one file, and the resource changes that a plan must show for it."""

    file: str
    edit: Callable[[Spec], None]
    changes: Wanted


def server(spec: Spec, name: str) -> Spec:
    return next(one for one in spec["servers"] if one["name"] == name)


def add_rule(spec: Spec) -> None:
    spec["securityGroups"][0]["rules"].append({"protocol": "tcp", "portMin": 8080, "peer": "192.0.2.0/24"})


def add_server(spec: Spec) -> None:
    spec["servers"].append(
        {
            "name": "web-2",
            "flavor": "nano",
            "image": "debian-13",
            "networks": [{"network": "front"}],
            "securityGroups": ["web"],
        }
    )


def remove_network(spec: Spec) -> None:
    spec["networks"] = [network for network in spec["networks"] if network["name"] != "back"]
    spec["servers"] = [one for one in spec["servers"] if one["name"] != "db-1"]
    spec["volumes"] = [one for one in spec["volumes"] if one.get("attachTo") != "db-1"]
    web = server(spec, "web-1")
    web["networks"] = [one for one in web["networks"] if one["network"] != "back"]


CASES = {
    "quota raised": Case(
        "tenants/pays-des-lacs.yaml",
        lambda s: s["quota"].update(overrides={"servers": 12}),
        [("update", "QuotaSetV2", "main")],
    ),
    "rule added": Case("tenants/arcy.yaml", add_rule, [("create", "SecGroupRule", "main/web/")]),
    "server resized": Case(
        "tenants/arcy.yaml",
        lambda s: server(s, "web-1").update(flavor="medium"),
        [("update", "Instance", "main/web-1")],
    ),
    "server added": Case(
        "tenants/arcy.yaml", add_server, [("create", "Port", "main/web-2/front"), ("create", "Instance", "main/web-2")]
    ),
    "server renamed for people": Case(
        "tenants/arcy.yaml",
        lambda s: server(s, "web-2").update(displayName="Accueil du public"),
        [("update", "Instance", "main/web-2")],
    ),
    "network renamed for people": Case(
        "tenants/arcy.yaml",
        lambda s: s["networks"][0].update(displayName="façade"),
        [("update", "Network", "main/front"), ("update", "Subnet", "main/front")],
    ),
    "tenant renamed for people": Case(
        "tenants/arcy.yaml",
        lambda s: s.update(displayName="Arcy-le-Val, commune nouvelle"),
        [("update", "Project", "main")],
    ),
    "volume grown": Case(
        "tenants/arcy.yaml",
        lambda s: s["volumes"][1].update(sizeGiB=110),
        [("update", "Volume", "main/archive")],
    ),
    "tenant suspended": Case(
        "tenants/sainte-odile.yaml",
        lambda s: s.update(state="suspended"),
        [
            ("update", "Instance", f"main/{name}")
            for name in ("desk-01", "desk-02", "images-1", "portal-1", "results-1")
        ],
    ),
}


@pytest.fixture(scope="module")
def applied(demo: DemoRegion) -> DemoRegion:
    """The demo after one apply."""
    demo.apply()
    return demo


@pytest.mark.parametrize("name", CASES)
def test_a_change_does_exactly_that(applied: DemoRegion, name: str) -> None:
    """The plan shows these resources, apply touches one tenant, the plan after it is empty."""
    case = CASES[name]
    applied.edit(case.file, lambda document: case.edit(document["spec"]))
    plan = applied.plan()
    assert_same(changes(plan), case.changes)
    assert [step["name"] for step in plan["steps"]] == ["tenant/" + case.file.split("/")[1].removesuffix(".yaml")]
    with RecordingProxy() as proxy:
        report = applied.apply(proxy=proxy)
    assert proxy.writes
    assert [outcome["status"] for outcome in report["outcomes"]] == ["done"]
    assert applied.plan()["steps"] == []


def assert_same(found: Wanted, wanted: Wanted) -> None:
    """The same operations on the same types; a wanted name may leave out the end."""
    assert sorted((operation, kind) for operation, kind, _ in found) == sorted((o, k) for o, k, _ in wanted), found
    for operation, kind, name in wanted:
        assert any((o, k) == (operation, kind) and n.startswith(name) for o, k, n in found), (name, found)


def refusing(plan: dict[str, Any]) -> set[str]:
    """The rules that a plan breaks and no waiver suspends."""
    return {one["code"] for one in plan["findings"] if one["severity"] == "error" and not one["waivedUntil"]}


def test_a_network_is_removed_with_what_stands_on_it(applied: DemoRegion) -> None:
    """The second interface of a server goes by replacing that server: refused until someone answers for its disk."""
    applied.edit("tenants/arcy.yaml", lambda document: remove_network(document["spec"]))
    assert refusing(applied.plan(code=1)) == {"POL102", "POL104"}
    applied.waive("arcy", "POL102", "POL104")
    plan = applied.plan()
    found = changes(plan)
    assert ("delete", "Network", "main/back") in found
    assert ("delete", "Subnet", "main/back") in found
    assert ("delete", "Instance", "main/db-1") in found
    assert not any(name in text for _, _, text in found for name in ("cantine", "web-2"))
    assert [step["name"] for step in plan["steps"]] == ["tenant/arcy"]
    applied.apply()
    cloud = applied.connection()
    assert not [network for network in cloud.network.networks() if network.name == "back office"]
    assert applied.plan()["steps"] == []


def test_a_missing_file_deletes_nothing(applied: DemoRegion) -> None:
    """The plan says so, and what to do instead."""
    file = applied.folder / "tenants" / "sainte-odile.yaml"
    host = applied.folder / "hosts" / "sud-3.yaml"  # lent by that member
    kept = file.read_bytes(), host.read_bytes()
    file.unlink()
    applied.edit("hosts/sud-3.yaml", lambda document: document["spec"].pop("owner"))
    plan = applied.plan()
    assert changes(plan) == []
    assert next(i for i in plan["untaken"] if i["name"] == "tenant/sainte-odile")["reason"].startswith("its file is")
    file.write_bytes(kept[0])
    host.write_bytes(kept[1])
    assert applied.plan()["steps"] == []


def test_retirement_over_the_budget_is_refused(applied: DemoRegion) -> None:
    """More deletions than the region allows stop the run before its first step."""
    retire(applied, "arcy")
    applied.edit("region.yaml", lambda document: document["spec"]["deletion"].update(budget=5))
    plan = applied.plan(code=1)
    assert "deletion budget is 5" in plan["refusals"][0]
    with RecordingProxy() as proxy:
        done = applied.run("apply", str(applied.folder), "--yes", proxy=proxy)
    assert done.returncode == 1
    assert proxy.writes == []


def test_a_retired_member_goes_whole_and_alone(applied: DemoRegion) -> None:
    """Its projects, groups and servers are gone, the others' stand; the plan after it is empty."""
    applied.edit("region.yaml", lambda document: document["spec"]["deletion"].update(budget=200))
    plan = applied.plan()
    assert {operation for operation, _, _ in changes(plan)} == {"delete"}
    assert [step["name"] for step in plan["steps"]] == ["tenant/arcy"]
    applied.apply()
    cloud = applied.connection()
    projects = {project.name for project in cloud.identity.projects()}
    assert not {name for name in projects if name.startswith("arcy")}
    assert {"pays-des-lacs", "sainte-odile"} <= projects
    assert not [group.name for group in cloud.identity.groups() if group.name.startswith("arcy")]
    assert {server.name for server in cloud.compute.servers(all_projects=True)} == {
        "care-1",
        "care-2",
        "portal-1",
        "images-1",
        "results-1",
        "desk-01",
        "desk-02",
    }
    left = {volume.name for volume in cloud.block_storage.volumes(all_projects=True)}
    assert not left & {"db-data", "db-1-root", "archive of the registry"}
    after = applied.plan()
    assert after["steps"] == []
    assert "nothing of it is left" in next(i for i in after["untaken"] if i["name"] == "tenant/arcy")["reason"]


def test_a_protected_member_is_not_retired(applied: DemoRegion) -> None:
    """`protect: true` and `state: retired` contradict each other: refused at validation, nothing is touched."""
    retire(applied, "pays-des-lacs")
    done = applied.run("validate", str(applied.folder))
    assert done.returncode == 1
    assert "pays-des-lacs.yaml:" in done.stdout
    assert "protect" in done.stdout


def retire(region: DemoRegion, tenant: str) -> None:
    today = dt.datetime.now(dt.UTC).date().isoformat()  # noqa: TID251 the product runs on the real clock here
    region.edit(f"tenants/{tenant}.yaml", lambda d: d["spec"].update(state="retired", retiredOn=today))
    region.edit(f"tenants/{tenant}.yaml", lambda d: d["spec"]["agreement"].update(end=today))  # both sides agreed
