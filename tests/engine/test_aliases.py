"""Aliases in all their forms: the object stays, its name in the state changes, and nothing is made or deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench

NETWORK = "openstack:networking/network:Network"
STACK = "urn:pulumi:acme::demo::"


class Home(pulumi.ComponentResource):
    def __init__(self, name: str, kind: str = "test:index:Home", **options: Any) -> None:
        super().__init__(kind, name, None, pulumi.ResourceOptions(**options))


def network(name: str = "n", **options: Any) -> None:
    openstack.networking.Network(name, name="n1", opts=pulumi.ResourceOptions(**options))


def in_home(home: str = "h", **options: Any) -> None:
    network(parent=Home(home), **options)


CASES: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
    "name": (network, lambda: network("m", aliases=[pulumi.Alias(name="n")])),
    "name below a parent": (in_home, lambda: network("m", parent=Home("h"), aliases=[pulumi.Alias(name="n")])),
    "urn": (network, lambda: network("m", aliases=[f"{STACK}{NETWORK}::n"])),
    "urn as an output": (network, lambda: network("m", aliases=[pulumi.Output.from_input(f"{STACK}{NETWORK}::n")])),
    "into a parent": (network, lambda: in_home(aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)])),
    "no parent": (network, lambda: in_home(aliases=[pulumi.Alias(parent=None)])),
    "out of a parent": (in_home, lambda: network(aliases=[pulumi.Alias(parent=f"{STACK}test:index:Home::h")])),
    "another parent": (in_home, lambda: in_home("g", aliases=[pulumi.Alias(parent=f"{STACK}test:index:Home::h")])),
    "name and parent": (
        in_home,
        lambda: network("m", aliases=[pulumi.Alias(name="n", parent=f"{STACK}test:index:Home::h")]),
    ),
    "several, one fits": (
        network,
        lambda: network("m", aliases=[pulumi.Alias(name="x"), pulumi.Alias(name="n"), pulumi.Alias(name="y")]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_alias_keeps_the_object(bench: Bench, case: str) -> None:
    """Found under its old name, recorded under the new one, and the same from then on."""
    before, after = CASES[case]
    bench.up(before)
    (old,) = bench.cloud.objects()
    bench.calls()
    bench.preview(after)
    bench.up(after)
    assert bench.calls() == []
    (now,) = [found for found in bench.recorded().values() if found["type"] == NETWORK]
    assert now["id"] == old
    assert "aliases" not in now
    assert set(bench.up(after)) == {"same"}


def test_a_type_may_have_another_name(bench: Bench) -> None:
    """A component whose type is renamed keeps its children by the alias of its type."""

    def program(kind: str, **options: Any) -> None:
        network(parent=Home("h", kind, **options))

    bench.up(lambda: program("test:index:Home"))
    (old,) = bench.cloud.objects()
    bench.calls()
    bench.up(lambda: program("test:index:House", aliases=[pulumi.Alias(type_="test:index:Home")]))
    assert bench.calls() == []
    assert bench.recorded()["n"]["urn"] == f"{STACK}test:index:House${NETWORK}::n"
    assert bench.recorded()["n"]["id"] == old


def test_stack_and_project_may_be_named(bench: Bench) -> None:
    """A resource of a stack that was exported from elsewhere: its name there is an alias here."""
    other = pulumi.Alias(stack="old", project="gone")
    bench.up(lambda: network(aliases=[other]))
    assert bench.up(lambda: network(aliases=[other])) == {"same": 2}


def test_children_follow_through_two_levels(bench: Bench) -> None:
    """Names that derive from the component's, at any depth; all are kept."""

    def program(name: str, **options: Any) -> None:
        outer = Home(name, **options)
        inner = Home(f"{name}-inner", parent=outer)
        network(f"{name}-inner-net", parent=inner)
        network(f"{name}-net", parent=outer)
        network("fixed", parent=inner)

    bench.up(lambda: program("old"))
    before = sorted(bench.cloud.objects())
    bench.calls()
    assert bench.up(lambda: program("new", aliases=[pulumi.Alias(name="old")])) == {"same": 6}
    assert bench.calls() == []
    assert sorted(found["id"] for found in bench.recorded().values() if found.get("id")) == before
    assert {name for name in bench.recorded() if "old" in name} == set()


def test_what_leans_on_a_renamed_resource_is_pointed_anew(bench: Bench) -> None:
    """Dependencies, also of what this run does not name, refer to the new name."""

    def program(name: str, **options: Any) -> None:
        parent = openstack.networking.Network(name, name="n1", opts=pulumi.ResourceOptions(**options))
        openstack.networking.Subnet("s", name="s1", network_id=parent.id, cidr="10.0.0.0/24", ip_version=4)

    bench.up(lambda: program("n"))
    target = [bench.urn("networking/network:Network", "m")]
    bench.up(lambda: program("m", aliases=[pulumi.Alias(name="n")]), target=target)
    assert bench.recorded()["s"]["dependencies"] == target
    assert bench.recorded()["s"]["propertyDependencies"]["networkId"] == target
    assert bench.up(lambda: program("m")) == {"same": 3}


def test_an_old_name_is_claimed_once(bench: Bench) -> None:
    """Two resources with the same alias: the first has the object, the second is made."""

    def program() -> None:
        options = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="n")])
        first = openstack.networking.Network("a", name="n1", opts=options)
        options = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="n")], depends_on=[first])
        openstack.networking.Network("b", name="n2", opts=options)

    bench.up(network)
    assert bench.up(program) == {"same": 2, "create": 1}
    assert len(bench.cloud.objects()) == 2
