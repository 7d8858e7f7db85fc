"""Protected resources are looked for over the whole plan before its first step."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def flavor(name: str, ram: int, **options: Any) -> openstack.compute.Flavor:
    return openstack.compute.Flavor(
        name, name=name, ram=ram, vcpus=1, disk=1, opts=pulumi.ResourceOptions(protect=True, **options)
    )


def project(name: str, **options: Any) -> openstack.identity.Project:
    return openstack.identity.Project(name, name=name, opts=pulumi.ResourceOptions(**options))


def before() -> None:
    flavor("f1", 64)
    flavor("f2", 64)
    project("kept", protect=True)
    project("other")


def after() -> None:
    """Replaces two protected flavors, drops a protected project, and would make a new one first."""
    new = project("new")
    flavor("f1", 128, depends_on=[new])
    flavor("f2", 128, depends_on=[new])
    project("other")


def told(bench: Bench, program: Any, **options: Any) -> list[str]:
    """What an update that is refused says of each resource."""
    events: list[auto.EngineEvent] = []
    with pytest.raises(auto.CommandError):
        bench.stack(program).up(on_event=events.append, **options)
    found = [event.diagnostic_event for event in events if event.diagnostic_event]
    return sorted(one.message.split("\n")[0] for one in found if one.severity == "error" and one.urn)


EXPECTED = [
    'resource "urn:pulumi:acme::demo::openstack:identity/project:Project::kept" cannot be deleted',
    'unable to replace resource "urn:pulumi:acme::demo::openstack:compute/flavor:Flavor::f1"',
    'unable to replace resource "urn:pulumi:acme::demo::openstack:compute/flavor:Flavor::f2"',
]


@pytest.mark.parametrize("continuing", [False, True])
def test_an_update_says_all_that_is_in_the_way_before_it_writes_anything(bench: Bench, continuing: bool) -> None:  # noqa: FBT001  pytest's way
    """Deletions and replacements, each by name; nothing new is made either."""
    bench.up(before)
    bench.calls()
    state = bench.recorded()
    assert told(bench, after, continue_on_error=continuing) == EXPECTED
    assert bench.calls() == []
    assert bench.recorded() == state


def test_a_preview_says_the_same(bench: Bench) -> None:
    """All of it, not only the first."""
    bench.up(before)
    with pytest.raises(auto.CommandError) as caught:
        bench.preview(after)
    assert all(text in str(caught.value) for text in EXPECTED)


def test_a_destroy_says_all_of_them(bench: Bench) -> None:
    """And deletes nothing."""
    bench.up(before)
    bench.calls()
    with pytest.raises(auto.CommandError) as caught:
        bench.stack(before).destroy()
    assert str(caught.value).count("cannot be deleted") == 3
    assert bench.calls() == []
    bench.stack(before).destroy(exclude_protected=True)
    assert bench.calls() == [("delete", "Project")]


def test_what_would_go_along_with_a_replacement_counts(bench: Bench) -> None:
    """An unprotected object that goes first would take a protected one with it."""

    def program(cidr: str) -> None:
        project("new")
        network = openstack.networking.Network("n", name="n1")
        subnet = openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr=cidr, ip_version=4)
        router = openstack.networking.Router("r", name="r1")
        options = pulumi.ResourceOptions(protect=True)
        openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id, opts=options)

    bench.up(lambda: program("10.0.0.0/24"))
    bench.calls()
    (text,) = told(bench, lambda: program("10.0.1.0/24"))
    assert "unable to replace resource" in text
    assert bench.calls() == []


def test_protection_lifted_from_what_goes_along_counts(bench: Bench) -> None:
    """Though it goes before the program has named it: the run for show has seen that it is protected no more."""

    def program(cidr: str, *, protect: bool) -> None:
        network = openstack.networking.Network("n", name="n1")
        subnet = openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr=cidr, ip_version=4)
        router = openstack.networking.Router("r", name="r1", opts=pulumi.ResourceOptions(protect=True))
        options = pulumi.ResourceOptions(protect=protect)
        openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id, opts=options)

    bench.up(lambda: program("10.0.0.0/24", protect=True))
    assert bench.preview(lambda: program("10.0.1.0/24", protect=False)) == {"same": 3, "replace": 2}
    assert bench.up(lambda: program("10.0.1.0/24", protect=False)) == {"same": 3, "replace": 2}
    assert bench.up(lambda: program("10.0.1.0/24", protect=False)) == {"same": 5}


def test_what_goes_along_and_is_no_longer_named_stays_protected(bench: Bench) -> None:
    """Taking it out of the program does not lift its protection."""

    def program(cidr: str, *, whole: bool) -> None:
        network = openstack.networking.Network("n", name="n1")
        subnet = openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr=cidr, ip_version=4)
        router = openstack.networking.Router("r", name="r1")
        options = pulumi.ResourceOptions(protect=True)
        if whole:
            openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id, opts=options)

    bench.up(lambda: program("10.0.0.0/24", whole=True))
    bench.calls()
    assert told(bench, lambda: program("10.0.1.0/24", whole=False)) != []
    assert bench.calls() == []


def test_what_only_may_be_replaced_is_decided_in_earnest(bench: Bench) -> None:
    """A value that only the real run knows turns out to be the same: the update goes through."""

    def program(ram: int) -> None:
        size = openstack.compute.Flavor("f", ram=ram, vcpus=1, disk=1)
        options = pulumi.ResourceOptions(protect=True)
        openstack.networking.Network("n", name="n1", region=size.region, opts=options)

    bench.up(lambda: program(64))
    with pytest.raises(auto.CommandError, match="unable to replace"):
        bench.preview(lambda: program(128))
    assert bench.up(lambda: program(128)) == {"same": 2, "replace": 1}


def test_protection_lifted_in_the_same_run_counts(bench: Bench) -> None:
    """What the program no longer protects may be replaced by it at once."""
    bench.up(before)

    def program() -> None:
        flavor("f2", 64)
        project("kept", protect=True)
        project("other")
        openstack.compute.Flavor("f1", name="f1", ram=128, vcpus=1, disk=1)

    assert bench.up(program) == {"same": 4, "replace": 1}


def test_without_protected_resources_the_program_runs_once(bench: Bench) -> None:
    """The look ahead costs nothing where there is nothing to look for."""
    runs: list[bool] = []

    def program(*, protect: bool) -> None:
        runs.append(pulumi.runtime.is_dry_run())
        project("p", protect=protect)

    bench.up(lambda: program(protect=False))
    bench.up(lambda: program(protect=True))
    assert runs == [False, False]
    bench.up(lambda: program(protect=True))
    assert runs == [False, False, True, False]
    bench.calls()
    with pytest.raises(auto.CommandError, match="cannot be deleted"):
        bench.up(nothing)
    assert bench.calls() == []
