"""Object containers of a tenant's program: their size, and who else may use them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from example_region import example_specs, example_tenant
from recording_monitor import UNKNOWN, Registered, Run, Runner

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.sharing import ContainerAccess, ContainerShare, SharedContainer
from orchestrator.planning.environment import tenant_environment
from stacks import tenant_program

IDS = KnownIds(
    external_networks={"internet": "id:internet"},
    images={"debian-12": "id:d12", "debian-13": "id:d13"},
    deployer="id:deployer",
)


def run_tenant(run_program: Runner, **changes: Any) -> Run:
    run = run_program(tenant_program(tenant_environment(example_specs(**changes), "saintes"), IDS))
    assert run.error == ""
    return run


def test_a_container_has_a_quota_in_bytes(run_program: Runner) -> None:
    """Held by the object store itself; a tenant without containers asks for no object store."""
    given = ObjectContainer(name="scans", project="saintes", tier="objects", size_gib=2, versioned=True)
    container = run_tenant(run_program, object_containers=(given,), protect=True).one("Container", "main/scans")
    assert container.inputs["name"] == "scans"
    assert container.inputs["metadata"] == {
        "Quota-Bytes": "2147483648",
        "Mutualis": "mutualis saintes/main/container/scans",
    }
    assert container.inputs["versioning"] is True
    assert container.protect
    assert run_tenant(run_program).of("Container") == []


def shared_container(run_program: Runner, ids: KnownIds, *, preview: bool = False) -> Registered:
    return shared(run_program, ids, preview=preview).one("Container", "main/scans")


def shared(run_program: Runner, ids: KnownIds, *, preview: bool = False) -> Run:
    """Two tenants may read, one of them may write; the third one's entry is not there yet."""
    shares = tuple(
        ContainerShare(tenant=tenant, agreement="CONV-1", access=access)
        for tenant, access in (("royan", ContainerAccess.READ), ("cognac", ContainerAccess.WRITE))
    )
    given = ObjectContainer(name="scans", project="saintes", tier="objects", size_gib=2, shared_with=shares)
    users = {
        share.tenant: replace(
            example_tenant(),
            name=share.tenant,
            shared_containers=(
                SharedContainer(tenant="saintes", container="scans", agreement="CONV-1", project=share.tenant),
            ),
        )
        for share in shares
    }
    specs = example_specs(object_containers=(given,))
    built = tenant_environment(replace(specs, tenants={**specs.tenants, **users}), "saintes")
    run = run_program(tenant_program(built, ids), preview=preview)
    assert run.error == ""
    return run


def test_who_may_use_a_container_is_exported(run_program: Runner) -> None:
    """So that a later plan knows for whom it stands open, whatever the specs say by then."""
    assert shared(run_program, IDS).exports["opened_containers"] == {
        "scans": {"cognac/main": "write", "royan/main": "read"}
    }
    assert run_tenant(run_program).exports["opened_containers"] == {}


def test_a_shared_container_names_the_projects_that_may(run_program: Runner) -> None:
    """In Swift's words, each of them with whoever has a token of it; who writes may read."""
    projects = {"royan": {"main": "r1"}, "cognac": {"main": "c1", "lab": "c2"}}
    inputs = shared_container(run_program, replace(IDS, projects=projects)).inputs
    assert (inputs["containerRead"], inputs["containerWrite"]) == ("c1:*,r1:*", "c1:*")


def test_a_project_that_is_not_there_yet_is_let_in_later(run_program: Runner) -> None:
    """A preview cannot say what the list will be, an apply leaves the project out; nobody else is let in."""
    some = replace(IDS, projects={"royan": {"main": "r1"}, "cognac": {}})
    inputs = shared_container(run_program, some).inputs
    assert (inputs["containerRead"], inputs["containerWrite"]) == ("r1:*", "")
    shown = shared_container(run_program, some, preview=True).inputs
    assert (shown["containerRead"], shown["containerWrite"]) == (UNKNOWN, UNKNOWN)


def test_what_is_not_shared_is_opened_for_nobody(run_program: Runner) -> None:
    """It is said, so that what somebody opens by hand is seen."""
    given = ObjectContainer(name="scans", project="saintes", tier="objects", size_gib=2)
    inputs = run_tenant(run_program, object_containers=(given,)).one("Container", "main/scans").inputs
    assert (inputs["containerRead"], inputs["containerWrite"]) == ("", "")
