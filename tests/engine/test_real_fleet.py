"""Fleet calls on the real cloud: they say what single refreshes and previews say, from a few list calls."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_openstack as openstack
import pytest
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.fleet import (
    FleetStack,
    StackDrift,
    Unlisted,
    Verdict,
    drift_many,
    preview_many,
    refresh_many,
)
from orchestrator.engine.fleet.stack import Program

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]
NAMES = ("fleet-a", "fleet-b", "fleet-c")
QUOTAS = {"openstack:compute/quotaSetV2:QuotaSetV2", "openstack:blockstorage/quoteSetV3:QuoteSetV3"}


def program_of(name: str) -> Program:
    """Nine resources: of all three services with quotas, and one in a tenant's own scope."""

    def program() -> None:
        role, admin = openstack.identity.get_role(name="admin"), openstack.identity.get_user(name="admin")
        project = openstack.identity.Project("project", name=name)
        granted = openstack.identity.RoleAssignment("role", project_id=project.id, user_id=admin.id, role_id=role.id)
        openstack.compute.QuotaSetV2("compute", project_id=project.id, cores=3)
        openstack.blockstorage.QuoteSetV3("volume", project_id=project.id, volumes=3)
        openstack.networking.QuotaV2("network", project_id=project.id, network=3)
        inside = openstack.Provider("inside", tenant_id=project.id)
        scoped = pulumi.ResourceOptions(provider=inside, depends_on=[granted])
        network = openstack.networking.Network("net", name=f"{name}-net", description="d", opts=scoped)
        openstack.networking.Subnet(
            "subnet", name=f"{name}-subnet", network_id=network.id, cidr="10.3.0.0/24", ip_version=4, opts=scoped
        )
        openstack.networking.SecGroup("group", name=f"{name}-group", tenant_id=project.id)
        openstack.identity.User("user", name=f"{name}-user", password="pw-canary", default_project_id=project.id)

    return program


class Estate:
    """Three stacks in one backend below `root`."""

    def __init__(self, root: Path, cloud: RunningCloud) -> None:
        self.root = root
        self.environment = {
            "PULUMI_BACKEND_URL": f"file://{root}/backend",
            "PULUMI_CONFIG_PASSPHRASE": "example",
            **cloud.environment,
        }
        self.command = EmbeddedCommand(OpenStackProvider())

    def stack(self, name: str) -> auto.Stack:
        work_dir = self.root / "work" / name
        work_dir.mkdir(parents=True, exist_ok=True)
        options = auto.LocalWorkspaceOptions(
            work_dir=str(work_dir),
            pulumi_command=self.command,
            project_settings=auto.ProjectSettings(name="demo", runtime="python"),
            env_vars=dict(self.environment),
        )
        return auto.create_or_select_stack(name, project_name="demo", program=program_of(name), opts=options)

    def fleet(self, **more: str) -> list[FleetStack]:
        environment = {**self.environment, **more}
        return [
            FleetStack(name=name, work_dir=self.root / "work" / name, environment=environment, program=program_of(name))
            for name in NAMES
        ]

    def resources(self, name: str) -> list[dict[str, Any]]:
        file = self.root / "backend" / ".pulumi" / "stacks" / "demo" / f"{name}.json"
        found = json.loads(file.read_text())["checkpoint"]["latest"]["resources"]
        return list(found)

    def id_of(self, name: str, logical: str) -> str:
        return next(str(one["id"]) for one in self.resources(name) if one["urn"].endswith(f"::{logical}"))

    def call(self, service: str, method: str, path: str, body: Any = None) -> None:
        provider = self.command.provider
        assert isinstance(provider, OpenStackProvider)
        session = provider.session({}, self.environment)
        answer = session._connection.send(service, method, path, **({"json": body} if body else {}))
        assert answer.status < 300, answer.text


@pytest.fixture(scope="module")
def estate(cloud: RunningCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    made = Estate(tmp_path_factory.mktemp("estate"), cloud)
    try:
        for name in NAMES:
            made.stack(name).up()
        yield made
    finally:
        for name in NAMES:
            made.stack(name).destroy(refresh=True)


def contents(root: Path) -> dict[str, str]:
    """Every file below with its digest."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def verdicts(drift: StackDrift) -> dict[str, Verdict]:
    return {one.urn.rsplit("::", 1)[1]: one.verdict for one in drift.resources}


def test_an_estate_as_recorded_shows_no_drift(estate: Estate) -> None:
    """Every resource is the same; lists tell of all but two quotas a stack; no file changes."""
    before = contents(estate.root)

    found = drift_many(estate.command, estate.fleet())

    assert [one.stack for one in found.stacks] == list(NAMES)
    assert not any(one.failures or one.drifted for one in found.stacks)
    assert all(set(verdicts(one).values()) == {Verdict.SAME} and len(one.resources) == 9 for one in found.stacks)
    assert (found.effort.listed, found.effort.single, found.effort.confirmed) == (21, 6, 0)
    assert found.effort.lists <= 8
    assert contents(estate.root) == before


def test_what_no_list_tells_can_be_left_out(estate: Estate) -> None:
    """Then it is said to be unread, and costs nothing."""
    found = drift_many(estate.command, estate.fleet(), unlisted=Unlisted.LEAVE)

    unread = {one.type for stack in found.stacks for one in stack.resources if one.verdict is Verdict.UNREAD}
    assert unread == QUOTAS
    assert found.effort.single == 0


def test_drift_is_told_and_taken_over_as_single_refreshes_do(estate: Estate) -> None:
    """A value changed, an object gone, a quota raised behind our back: told by path, and equal states in the end."""
    network, group = estate.id_of("fleet-b", "net"), estate.id_of("fleet-c", "group")
    project = estate.id_of("fleet-a", "project")
    estate.call("network", "PUT", f"networks/{network}", {"network": {"description": "theirs"}})
    estate.call("network", "DELETE", f"security-groups/{group}")
    estate.call("compute", "PUT", f"os-quota-sets/{project}", {"quota_set": {"cores": 7}})

    found = drift_many(estate.command, estate.fleet())

    drifted = {one.stack: {r.urn.rsplit("::", 1)[1]: r for r in one.drifted} for one in found.stacks}
    assert {stack: set(names) for stack, names in drifted.items()} == {
        "fleet-a": {"compute"}, "fleet-b": {"net"}, "fleet-c": {"group"},
    }  # fmt: skip
    assert {(c.path, c.old, c.new) for c in drifted["fleet-b"]["net"].changes} == {("description", "d", "theirs")}
    assert ("cores", 3, 7) in {(c.path, c.old, c.new) for c in drifted["fleet-a"]["compute"].changes}
    assert drifted["fleet-c"]["group"].verdict is Verdict.GONE
    assert found.effort.confirmed == 2

    single = Estate.__new__(Estate)
    single.__dict__.update(estate.__dict__, root=estate.root.with_name("single"))
    shutil.copytree(estate.root, single.root)
    single.environment = {**estate.environment, "PULUMI_BACKEND_URL": f"file://{single.root}/backend"}
    counts = {name: single.stack(name).refresh().summary.resource_changes for name in NAMES}
    refreshed = refresh_many(estate.command, estate.fleet())

    assert [verdicts(one) for one in refreshed.stacks] == [verdicts(one) for one in found.stacks]
    for name in NAMES:
        assert estate.resources(name) == single.resources(name)
        (newest,) = estate.stack(name).history(page_size=1)
        assert (newest.kind, newest.result, newest.resource_changes) == ("refresh", "succeeded", counts[name])
    again = drift_many(estate.command, estate.fleet())
    assert not any(one.drifted for one in again.stacks)


def test_previews_of_all_say_what_single_ones_say_without_a_call(estate: Estate) -> None:
    """Look-ups apart, nothing is asked; states that are not fresh can be compared with the cloud first."""
    single = {name: estate.stack(name).preview().change_summary for name in NAMES}

    found = preview_many(estate.command, estate.fleet())

    assert {one.stack: dict(one.changes) for one in found.stacks} == {
        name: {str(getattr(op, "value", op)): count for op, count in counts.items()} for name, counts in single.items()
    }
    assert found.effort.lists == found.effort.listed == found.effort.single == 0
    estate.call(
        "identity", "PATCH", f"projects/{estate.id_of('fleet-a', 'project')}", {"project": {"description": "x"}}
    )
    fresh = preview_many(estate.command, estate.fleet(), refresh=True)
    changes = {one.stack: one.changes.get("update", 0) for one in fresh.stacks}
    assert changes["fleet-a"] == found.stacks[0].changes.get("update", 0) + 1
    assert fresh.effort.listed > 18


def test_a_stack_that_cannot_be_read_fails_alone(estate: Estate) -> None:
    """A wrong passphrase and a stack that is not there: failures of their own, the third is told."""
    fleet = estate.fleet()
    wrong = {**estate.environment, "PULUMI_CONFIG_PASSPHRASE": "other"}
    given = [
        FleetStack(name="fleet-a", work_dir=fleet[0].work_dir, environment=wrong),
        FleetStack(name="nobody", work_dir=fleet[1].work_dir, environment=estate.environment),
        fleet[2],
    ]

    found = drift_many(estate.command, given)

    assert found.stacks[0].failures == ("incorrect passphrase",)
    assert found.stacks[1].failures == ("no stack named 'nobody' found",)
    assert not found.stacks[2].failures
    assert found.stacks[2].resources
