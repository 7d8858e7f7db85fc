"""The way of a merge request: pushed, refused or reviewed, merged, planned, approved, applied, drifted, repaired.

A bare repository with the project's own hook stands for the forge, whose variables are those that its pipeline sets; a
member writes, a reviewer merges, the operator's checkout plans and applies. The region is the scenario drancy, where
somebody of the operator must approve each change; each test goes on where the one before it ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion, changes, region_at
from git_repository import Repository, guarded, push, working_copy
from over_promises import OVER_PROMISES
from scenario_cloud import SECONDS, clear_region, on_cloud
from scenario_regions import SCENARIOS, changed, one_more_host, read, retire, write

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(SECONDS)]
FOLDER = "inventory/drancy"
LEVALLON = "tenants/levallon.yaml"
TOO_MUCH = OVER_PROMISES["drancy"]
SERVER = {"name": "files-2", "flavor": "small", "image": "debian-13", "networks": [{"network": "office"}]}
APPROVALS = [{"for": "any", "roles": ["operator"]}]
FORGE = {
    "FORGEJO_ACTIONS": "true",
    "FORGEJO_SERVER_URL": "https://git.example",
    "FORGEJO_REPOSITORY": "region/drancy",
    "FORGEJO_RUN_NUMBER": "31",
    "MUTUALIS_ROLES": "operator=alice,bob",
    "MUTUALIS_REQUEST": "12",
    "MUTUALIS_REQUEST_AUTHOR": "bob",
}
"""What the job on the deployed branch has, before it says who approved."""
VOLUME = {"name": "archive", "tier": "ssd", "sizeGiB": 10}


@dataclass(frozen=True, kw_only=True)
class Way:
    """`forge`: bare, with the hook; `member`: who asks for a change; `operator`: the checkout that is applied."""

    forge: Repository
    member: Repository
    operator: Repository
    region: DemoRegion

    @property
    def plan(self) -> Path:
        """The artifact that goes from the plan's job to that of apply."""
        return self.operator.place.parent / "plan.json"

    def approved(self, *people: str) -> DemoRegion:
        """As the forge's job applies it, once these people have approved the merge request."""
        told = {**FORGE, "MUTUALIS_REVIEWED_BY": ",".join(people)}
        return replace(self.region, environment=self.region.environment | told)

    def drift(self, code: int = 0) -> dict[str, Any]:
        done = self.region.run("drift", str(self.region.folder), "--json", "--exit-code", seconds=SECONDS)
        assert done.returncode == code, done.stdout + done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def way(scenario_base: DemoRegion, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """The region is in the repository, and runs as it stands there."""
    place = tmp_path_factory.mktemp("way")
    member = working_copy(place / "member", SCENARIOS / "drancy")
    changed(member.place / FOLDER, {"region.yaml": {"approvals": APPROVALS}})
    member.commit("the operator approves")
    forge = guarded(member, place / "drancy.git", FOLDER)
    member.git("clone", "--quiet", str(forge.place), str(place / "operator"))
    operator = Repository(place=place / "operator")
    region = on_cloud(scenario_base, region_at(operator.place / FOLDER, place))
    way = Way(forge=forge, member=member, operator=operator, region=region)
    try:
        way.approved("alice").apply(seconds=SECONDS)
        yield way
    finally:
        retire(region.folder)
        way.approved("alice").apply(seconds=SECONDS)
        clear_region(region.connection())


def test_a_branch_that_promises_too_much_is_refused_by_the_hook(way: Way) -> None:
    """With the number missing, and the branch is not there; with one more host the same promise is taken."""
    way.member.branch("more")
    changed(way.member.place / FOLDER, TOO_MUCH.changes)
    way.member.commit("guarantee 100 GiB to Levallon")
    code, said = push(way.member, "more")
    assert code != 0
    assert TOO_MUCH.missing in said
    assert way.forge.git("branch", "--list", "more") == ""
    one_more_host(way.member.place / FOLDER, TOO_MUCH.host)
    taken = way.member.commit("and a host for it")
    code, said = push(way.member, "more")
    assert (code, way.forge.git("rev-parse", "more")) == (0, taken), said


def test_a_good_branch_is_taken_and_reviewed_without_any_credential(way: Way) -> None:
    """The review names the server and the volume that come, from the bare repository alone."""
    way.member.branch("files")
    file = way.member.place / FOLDER / LEVALLON
    document = read(file)
    document["spec"]["servers"].append(SERVER)
    document["spec"]["volumes"] = [VOLUME]
    write(file, document)
    way.member.commit("a second server and an archive for Levallon")
    code, said = push(way.member, "files")
    assert code == 0, said
    review = reviewed(way)
    assert not review["refuses"]
    (levallon,) = review["documents"]
    assert {(part["kind"], part["name"], part["change"]) for part in levallon["parts"]} == {
        ("server", "files-2", "added"),
        ("volume", "archive", "added"),
    }
    assert levallon["deletes"] == 0


def test_the_merge_is_planned_as_it_was_reviewed(way: Way) -> None:
    """In a file: one step, that makes as many objects as the review counted."""
    promised = reviewed(way)["documents"][0]["creates"]
    way.member.git("checkout", "--quiet", "main")
    way.member.git("merge", "--quiet", "--no-ff", "--message", "merge files", "origin/files")
    code, said = push(way.member, "main")
    assert code == 0, said
    way.operator.git("pull", "--quiet", "--ff-only")
    done = way.region.run("plan", str(way.region.folder), "--out", str(way.plan), seconds=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    plan = json.loads(way.plan.read_text(encoding="utf-8"))
    assert [step["name"] for step in plan["steps"]] == ["tenant/levallon"]
    assert [one["roles"] for one in plan["approvals"]] == [["operator"]]
    assert {operation for operation, _, _ in changes(plan)} == {"create"}
    assert len(changes(plan)) == promised


@pytest.mark.parametrize("people", [(), ("erin",), ("bob",)], ids=["nobody", "no role", "its author"])
def test_what_nobody_who_may_has_approved_is_not_applied(way: Way, people: tuple[str, ...]) -> None:
    """However it was reviewed: data say which approval is missing, and nothing of the plan is in the cloud."""
    command = ("apply", str(way.plan), "--format", "json")
    done = way.approved(*people).run(*command, seconds=SECONDS)
    assert done.returncode == 1, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["missing"] == [{"change": "any", "roles": ["operator"], "why": "1 step acts"}]
    assert [one["person"] for one in told["provenance"]["approvals"]] == list(people)
    assert told["refused"].startswith("approvals are missing: operator for any change (1 step acts); ")
    assert f"error: {told['refused']}\n" in done.stderr
    assert SERVER["name"] not in {one.name for one in way.region.connection().compute.servers(all_projects=True)}


def test_the_approved_plan_file_is_applied(way: Way) -> None:
    """What it holds is in the cloud, the report says who approved it, and the next plan is empty."""
    done = way.approved("alice").run("apply", str(way.plan), "--format", "json", seconds=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    origin = json.loads(done.stdout)["provenance"]
    assert (origin["request"], origin["approvals"]) == ("12", [{"person": "alice", "roles": ["operator"]}])
    cloud = way.region.connection()
    assert server(cloud).status == "ACTIVE"
    assert volume(cloud).size == VOLUME["sizeGiB"]
    assert way.region.plan()["steps"] == []


def test_drift_by_hand_is_detected_and_repaired(way: Way) -> None:
    """A server renamed and a volume deleted behind the specs: both named, both put back, and then nothing differs."""
    assert way.drift()["drift"] == 0
    cloud = way.region.connection()
    cloud.compute.update_server(server(cloud), name="by hand")
    lost = volume(cloud)
    cloud.block_storage.delete_volume(lost)
    cloud.block_storage.wait_for_delete(lost)
    found = way.drift(code=10)
    assert {(one["name"], one["difference"]) for stack in found["stacks"] for one in stack["drifted"]} == {
        ("main/files-2", "changed"),
        ("main/archive", "gone"),
    }
    command = ("apply", str(way.region.folder), "--repair", "levallon", "--yes")
    done = way.approved("alice").run(*command, seconds=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert way.drift()["drift"] == 0
    assert server(cloud).status == "ACTIVE"
    assert volume(cloud).id != lost.id
    assert way.region.plan()["steps"] == []


def reviewed(way: Way) -> dict[str, Any]:
    """The review of the branch as a forge's runner makes it: no clouds.yaml, no passphrase, no working copy."""
    bare = replace(way.region, environment={"PATH": way.region.environment["PATH"]})
    command = ("--repository", str(way.forge.place), "--base", "main", "--head", "files", "--format", "json")
    done = bare.run("review", FOLDER, *command, seconds=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    review: dict[str, Any] = json.loads(done.stdout)
    return review


def server(cloud: Any) -> Any:
    (found,) = (one for one in cloud.compute.servers(all_projects=True) if one.name == SERVER["name"])
    return found


def volume(cloud: Any) -> Any:
    (found,) = (one for one in cloud.block_storage.volumes(all_projects=True) if one.name == VOLUME["name"])
    return found
