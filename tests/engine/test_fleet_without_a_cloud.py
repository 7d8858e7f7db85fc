"""Fleet calls where no cloud answers: previews make no call, and what cannot be done is told stack by stack."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import Any

import pulumi_openstack as openstack
import pytest
from engine_bench import PASSPHRASE, Bench, Program, salt
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud import waits
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet import FleetStack, drift_many, preview_many, refresh_many
from orchestrator.engine.fleet.course import store_of
from orchestrator.engine.provider import Created, Properties

NAMES = tuple(f"t{number}" for number in range(6))


class Pretending:
    """Makes what it is asked for, in no cloud."""

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        created(uuid.uuid4().hex)
        return Created(id=uuid.uuid4().hex, outputs={k: v for k, v in inputs.items() if k != "__defaults"})


class PretendingProvider(OpenStackProvider):
    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> Any:
        return Pretending()


def program_of(name: str, description: str = "") -> Program:
    def program() -> None:
        network = openstack.networking.Network("n", name=name, description=description)
        openstack.networking.Subnet("s", name=name, network_id=network.id, cidr="10.0.0.0/24", ip_version=4)

    return program


@pytest.fixture
def fleet(tmp_path: Path) -> list[FleetStack]:
    """Six stacks whose states were made by an up; their credential leads nowhere."""
    environment = {
        "PULUMI_BACKEND_URL": f"file://{tmp_path}/backend",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "OS_AUTH_URL": "http://127.0.0.1:1/v3",
        "OS_USERNAME": "nobody",
        "OS_PASSWORD": "none",
        "OS_PROJECT_NAME": "none",
        "OS_REGION_NAME": "R",
    }
    (tmp_path / "backend").mkdir()
    making = EmbeddedCommand(PretendingProvider())
    made = []
    for name in NAMES:
        work_dir = tmp_path / "work" / name
        work_dir.mkdir(parents=True)
        (work_dir / f"Pulumi.{name}.yaml").write_text(f"encryptionsalt: {salt()}\n")
        options = auto.LocalWorkspaceOptions(
            work_dir=str(work_dir),
            pulumi_command=making,
            project_settings=auto.ProjectSettings(name="demo", runtime="python"),
            env_vars=environment,
        )
        auto.create_stack(name, project_name="demo", program=program_of(name), opts=options).up()
        made.append(FleetStack(name=name, work_dir=work_dir, environment=environment, program=program_of(name)))
    return made


def changed(stack: FleetStack, program: Program) -> FleetStack:
    return FleetStack(name=stack.name, work_dir=stack.work_dir, environment=stack.environment, program=program)


def test_previews_of_unchanged_stacks_make_no_call(fleet: list[FleetStack]) -> None:
    """A call would fail: nothing answers. All are empty, each was told as it became known."""
    seen: list[str] = []

    found = preview_many(EmbeddedCommand(OpenStackProvider()), fleet, seen=lambda one: seen.append(one.stack))

    assert [one.stack for one in found.stacks] == list(NAMES)
    assert all(one.empty and one.changes == {"same": 3} for one in found.stacks)
    assert sorted(seen) == sorted(NAMES)


def test_each_program_is_previewed_against_its_own_state(fleet: list[FleetStack]) -> None:
    """One changes, one raises, one has an input that is none, one has no program: each is told alone."""

    def raising() -> None:
        raise LookupError("a mistake of t1")

    given = [
        changed(fleet[0], program_of("t0", description="new")),
        changed(fleet[1], raising),
        changed(fleet[2], lambda: openstack.networking.Network("n", name="t2", tags="no list") and None),
        FleetStack(name="t3", work_dir=fleet[3].work_dir, environment=fleet[3].environment),
        *fleet[4:],
    ]

    found = preview_many(EmbeddedCommand(OpenStackProvider()), given).stacks

    assert (found[0].changes, found[0].failures) == ({"same": 2, "update": 1}, ())
    assert "a mistake of t1" in found[1].failures[0]
    assert any("tags must be a list" in failure for failure in found[2].failures)
    assert "no program" in found[3].failures[0]
    assert all(one.empty for one in found[4:])
    assert not any(other in str(found[1].failures) for other in NAMES if other != "t1")


def test_a_cloud_that_does_not_answer_is_told_for_every_resource(
    fleet: list[FleetStack], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is called gone or same, and no state is written by a refresh."""
    monkeypatch.setattr(waits, "FIRST_BACKOFF", 0.01)
    command = EmbeddedCommand(OpenStackProvider())
    before = [store_of(stack).raw()[1]["resources"] for stack in fleet]

    drift = drift_many(command, fleet[:2])
    refreshed = refresh_many(command, fleet[:2])

    assert [one.stack for one in (*drift.stacks, *refreshed.stacks)] == [*NAMES[:2], *NAMES[:2]]
    for found in (*drift.stacks, *refreshed.stacks):
        assert {one.verdict.value for one in found.resources} == {"error"}
        assert all("Connection refused" in one.error for one in found.resources)
    assert [store_of(stack).raw()[1]["resources"] for stack in fleet] == before


def test_a_stack_that_somebody_works_on_is_left_alone(fleet: list[FleetStack]) -> None:
    """A refresh says who holds it; a look needs no lock."""
    command = EmbeddedCommand(OpenStackProvider())
    with store_of(fleet[0]).held():
        (refused,) = refresh_many(command, fleet[:1]).stacks
        (looked,) = preview_many(command, fleet[:1]).stacks

    assert "the stack is currently locked by 1 lock(s)" in refused.failures[0]
    assert looked.empty


def test_an_interrupted_call_begins_nothing_more(fleet: list[FleetStack]) -> None:
    """All stacks are in the answer; those that were not looked at say so."""
    command = EmbeddedCommand(OpenStackProvider())
    preview_many(command, fleet[:1], seen=lambda _: command.interrupt())

    drift = drift_many(command, fleet)
    previews = preview_many(command, fleet)

    assert [one.stack for one in drift.stacks] == [one.stack for one in previews.stacks] == list(NAMES)
    assert {one.failures for one in (*drift.stacks, *previews.stacks)} == {("not begun: the run was interrupted",)}


def test_other_providers_have_no_lists(bench: Bench, fleet: list[FleetStack]) -> None:
    """Said at once, for all."""
    with pytest.raises(EngineError, match="fleet calls need the openstack provider"):
        drift_many(bench.command, fleet)
