"""Changed by hand behind the specs, through the API: found with its owner, put back, and then there is nothing left.

One small member instead of the demo's three: what drifts matters here, not how much there is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import openstack
import pytest
from demo_region import DemoRegion
from recording_proxy import Answer, Call, Handler, RecordingProxy

from orchestrator.reporting.drift_json import drift_schema

pytestmark = pytest.mark.cloud

SCHEMA = jsonschema_rs.validator_for(json.loads(drift_schema()))
Connection = openstack.connection.Connection
SERVER = {"flavor": "nano", "image": "debian-13", "networks": [{"network": "front"}], "securityGroups": ["web"]}
RULES = [
    {"protocol": "tcp", "portMin": 443, "peer": "0.0.0.0/0"},
    {"protocol": "tcp", "portMin": 80, "peer": "0.0.0.0/0"},
]
SPEC: dict[str, Any] = {
    "member": {"name": "Commune", "siren": "000000026", "kind": "commune", "population": 1000},
    "agreement": {"reference": "C1", "deliberation": "D1", "start": "2026-01-01", "noticeMonths": 6},
    "contacts": {"technical": "si@village.example"},
    "sensitivity": "internal",
    "site": "nord",
    "quota": {"size": "village"},
    "guarantee": {"vcpus": 2, "memoryGiB": 4, "survives": "host"},
    "access": {"groups": [{"name": "admins", "roles": ["member"]}]},
    "networks": [{"name": "front", "cidr": "10.20.0.0/24", "exposure": "isolated"}],
    "securityGroups": [{"name": "web", "rules": RULES}],
    "servers": [{"name": "web-1", **SERVER}, {"name": "web-2", **SERVER}],
    "volumes": [{"name": "data", "tier": "ssd", "sizeGiB": 1}],
}
OURS = {
    ("Instance", "main/web-1", "changed"),
    ("Instance", "main/web-2", "gone"),
    ("Port", "main/web-1/front", "changed"),
    ("QuotaSetV2", "main", "changed"),
    ("SecGroupRule", "ingress,IPv4,tcp,3389-3389,0.0.0.0/0", "added"),
    ("SecGroupRule", "main/web/ingress,IPv4,tcp,443-443,0.0.0.0/0", "gone"),
    ("Volume", "main/data", "changed"),
}
THEIRS = {("Network", "own", "added"), ("Subnet", "own", "added")}


@pytest.fixture(scope="module")
def village(demo: DemoRegion) -> DemoRegion:
    """The demo's sites and catalogue with one member, applied; then much of it changed by hand."""
    for file in [*(demo.folder / "tenants").iterdir(), *(demo.folder / "waivers").iterdir()]:
        file.unlink()
    for host in (demo.folder / "hosts").iterdir():
        lines = host.read_text(encoding="utf-8").splitlines(keepends=True)
        host.write_text("".join(line for line in lines if "owner: " not in line), encoding="utf-8")
    document = {"apiVersion": "mutualis/v1", "kind": "Tenant", "metadata": {"name": "village"}, "spec": SPEC}
    (demo.folder / "tenants" / "village.yaml").write_text(json.dumps(document), encoding="utf-8")  # is YAML, too
    demo.apply()
    assert drift(demo)["drift"] == 0
    change_by_hand(demo.connection())
    return demo


def change_by_hand(cloud: Connection) -> None:
    """What people do in dashboards: all of it with an administrator's rights, and a member's own network."""
    project = cloud.identity.find_project("village").id
    group = next(one for one in cloud.network.security_groups(project_id=project) if one.name == "web")
    https = next(
        one for one in cloud.network.security_group_rules(security_group_id=group.id) if one.port_range_min == 443
    )
    cloud.network.delete_security_group_rule(https)
    cloud.network.create_security_group_rule(
        security_group_id=group.id, direction="ingress", protocol="tcp", port_range_min=3389, port_range_max=3389,
        remote_ip_prefix="0.0.0.0/0",
    )  # fmt: skip
    servers = {one.name: one for one in cloud.compute.servers(all_projects=True, project_id=project)}
    cloud.compute.update_server(servers["web-1"], name="by hand")
    cloud.compute.set_server_metadata(servers["web-1"], backup="nightly")
    cloud.compute.delete_server(servers["web-2"])
    cloud.compute.wait_for_delete(servers["web-2"])
    volumes = cloud.block_storage.volumes(all_projects=True, project_id=project)
    volume = next(one for one in volumes if one.name == "data")
    cloud.block_storage.extend_volume(volume, 3)
    cloud.compute.put(f"/os-quota-sets/{project}", json={"quota_set": {"cores": 99}}).raise_for_status()
    port = next(one for one in cloud.network.ports(project_id=project) if one.name == "web-1-front")
    cloud.network.update_port(port, description="by hand", security_groups=[])
    own = cloud.network.create_network(name="own", project_id=project)
    cloud.network.create_subnet(name="own", network_id=own.id, project_id=project, ip_version=4, cidr="10.99.0.0/24")


def drift(region: DemoRegion, *options: str, proxy: RecordingProxy | None = None, code: int = 0) -> dict[str, Any]:
    """The report as data, held against its schema; the command must end with `code`."""
    done = region.run("drift", str(region.folder), "--json", *options, proxy=proxy)
    assert done.returncode == code, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    SCHEMA.validate(report)
    return report


def found(report: dict[str, Any], owner: str) -> set[tuple[str, str, str]]:
    return {
        (one["kind"].rpartition(":")[2], one["name"], one["difference"])
        for stack in report["stacks"]
        for one in stack["drifted"]
        if (stack["tenant"], one["owner"]) == ("village", owner)
    }


def fields(report: dict[str, Any], name: str) -> dict[str, tuple[str, str]]:
    """Field -> owner and value in the cloud."""
    stacks = [stack for stack in report["stacks"] if stack["tenant"] == "village"]
    objects = [one for stack in stacks for one in stack["drifted"] if one["name"] == name]
    return {field["field"]: (field["owner"], field["found"]) for one in objects for field in one["fields"]}


class Refusing(Handler):
    """Cinder's volumes are refused: their list, and each of them."""

    def respond(self, call: Call, ask: Callable[[], Answer]) -> None:
        if "/volumes/" in call.path:
            self.send_answer(403, [("Content-Type", "application/json")], b'{"forbidden": {"message": "made up"}}')
        else:
            super().respond(call, ask)


def test_what_was_changed_by_hand_is_found_with_its_owner(village: DemoRegion) -> None:
    """Exactly that; the member's own network and note are theirs. Few lists, no write, the state as it was."""
    state = village.state / "demo" / "state"
    before = {path: path.read_bytes() for path in state.rglob("*") if path.is_file()}
    with RecordingProxy() as proxy:
        report = drift(village, "--theirs", "--exit-code", proxy=proxy, code=10)
    assert found(report, "ours") == OURS
    assert found(report, "theirs") == THEIRS
    assert fields(report, "main/web-1") == {
        "name": ("ours", "by hand"),
        "metadata.backup": ("theirs", "nightly"),
    }
    assert fields(report, "main/web-1/front") == {
        "description": ("ours", "by hand"),
        "securityGroupIds": ("ours", "[]"),
    }
    assert report["lists"] <= 30
    assert proxy.writes == []
    assert {path: path.read_bytes() for path in state.rglob("*") if path.is_file()} == before


def test_what_cannot_be_looked_at_is_never_no_drift(village: DemoRegion) -> None:
    """Exit 4, with the object and the service's words; the rest is told."""
    with RecordingProxy(handler=Refusing) as proxy:
        report = drift(village, "--exit-code", proxy=proxy, code=4)
    assert not report["complete"]
    missed = {one["name"] for stack in report["stacks"] for one in stack["unseen"]}
    assert "main/data" in missed
    assert found(report, "ours") == {one for one in OURS if one[0] != "Volume"}


def test_apply_leaves_drift_alone_and_says_so(village: DemoRegion) -> None:
    """Nothing is planned, nothing written; the number is that of the last good look, before the refusal."""
    with RecordingProxy() as proxy:
        done = village.run("apply", str(village.folder), "--yes", proxy=proxy)
    assert done.returncode == 0, done.stderr
    assert "drift is left alone: 7 objects of village" in done.stderr
    assert proxy.writes == []


def test_a_repair_puts_back_what_is_ours(village: DemoRegion) -> None:
    """The plan says why; then only the volume is left, which Cinder does not shrink. The second writes nothing."""
    command = (str(village.folder), "--repair", "village")
    plan = json.loads(village.run("plan", *command, "--format", "json").stdout)
    assert [(step["name"], step["reason"], step["repair"]) for step in plan["steps"]] == [
        ("tenant/village", "drift", True)
    ]
    assert plan["deletions"] == 1
    done = village.run("apply", *command, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 object of ours differs in 1 stack" in done.stderr
    with RecordingProxy() as proxy:
        again = village.run("apply", *command, "--yes", proxy=proxy)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "nothing of ours has drifted" in again.stderr
    assert proxy.writes == []


def test_what_is_theirs_outlives_the_repair(village: DemoRegion) -> None:
    """The member's network, and its note on the very server whose name was put back."""
    report = drift(village, "--theirs")
    assert found(report, "theirs") == THEIRS | {("Instance", "main/web-1", "changed")}
    assert fields(report, "main/web-1") == {"metadata.backup": ("theirs", "nightly")}


def test_a_grown_volume_ends_by_the_spec(village: DemoRegion) -> None:
    """Its size is written into the spec and applied: then there is no drift."""
    village.edit("tenants/village.yaml", lambda document: document["spec"]["volumes"][0].update(sizeGiB=3))
    village.apply()
    assert drift(village, "--tenant", "village", "--exit-code")["drift"] == 0
