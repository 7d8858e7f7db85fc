"""Resource options as an expert in Pulumi expects them."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def project(description: str = "d", name: str = "p", **options: Any) -> openstack.identity.Project:
    return openstack.identity.Project(name, name="p1", description=description, opts=pulumi.ResourceOptions(**options))


class Home(pulumi.ComponentResource):
    def __init__(self, name: str, **options: Any) -> None:
        super().__init__("test:index:Home", name, None, pulumi.ResourceOptions(**options))
        self.network = openstack.networking.Network(f"{name}-net", name="n1", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({"network": self.network.id, "whole": self.network})


def test_protected_resources_outlive_a_destroy_and_their_program(bench: Bench) -> None:
    """Each is told; whether anything else goes before that is the engine's own (`test_protection.py` has ours)."""

    def program() -> None:
        project(protect=True)
        openstack.networking.Network("n", name="n1")

    bench.up(program)
    bench.calls()
    with pytest.raises(auto.CommandError, match=r"cannot be deleted\n *because it is protected"):
        bench.stack(program).destroy()
    with pytest.raises(auto.CommandError, match=r"because it is protected"):
        bench.up(nothing)
    assert ("delete", "Project") not in bench.calls()
    assert "p" in bench.recorded()


def test_protected_resources_may_be_left_out_of_a_destroy(bench: Bench) -> None:
    """`exclude_protected` deletes the others."""

    def program() -> None:
        project(protect=True)
        openstack.networking.Network("n", name="n1")

    bench.up(program)
    bench.stack(program).destroy(exclude_protected=True)
    assert list(bench.recorded()) == ["p"]


def test_protection_taken_away_allows_the_deletion(bench: Bench) -> None:
    """The program lifts protection in one run and drops the resource in the next."""
    bench.up(lambda: project(protect=True) and None)
    assert bench.recorded()["p"]["protect"]
    assert bench.up(lambda: project(protect=False) and None) == {"same": 2}
    assert "protect" not in bench.recorded()["p"]
    assert bench.up(nothing) == {"same": 1, "delete": 1}


def test_retained_resources_are_forgotten_not_deleted(bench: Bench) -> None:
    """The object stays in the cloud, and leaves the state."""
    bench.up(lambda: project(retain_on_delete=True) and None)
    assert bench.up(nothing) == {"same": 1, "delete": 1}
    assert len(bench.cloud.objects()) == 1
    assert bench.recorded() == {}


def test_what_goes_with_its_container_is_not_deleted_by_itself(bench: Bench) -> None:
    """deletedWith: one call for the container, none for what is in it."""

    def program() -> None:
        container = project()
        openstack.networking.Network("n", name="n1", opts=pulumi.ResourceOptions(deleted_with=container))

    bench.up(program)
    bench.calls()
    bench.up(nothing)
    assert bench.calls() == [("delete", "Project")]


def test_ignored_changes_are_none(bench: Bench) -> None:
    """IgnoreChanges keeps what is recorded."""
    bench.up(lambda: project("a") and None)
    assert bench.up(lambda: project("b", ignore_changes=["description"]) and None) == {"same": 2}
    assert bench.recorded()["p"]["inputs"]["description"] == "a"


def test_a_renamed_resource_is_found_by_its_alias(bench: Bench) -> None:
    """An alias keeps the object: nothing is made, nothing goes."""
    bench.up(lambda: project() and None)
    identity = bench.recorded()["p"]["id"]
    renamed = [pulumi.Alias(name="p")]
    assert bench.up(lambda: project(name="q", aliases=renamed) and None) == {"same": 2}
    assert {name: r["id"] for name, r in bench.recorded().items()} == {"q": identity}
    assert bench.up(lambda: project(name="q") and None) == {"same": 2}


def test_children_follow_an_alias_of_their_parent(bench: Bench) -> None:
    """A renamed component keeps its children, whose names derive from its own."""
    bench.up(lambda: Home("old") and None)
    identity = bench.recorded()["old-net"]["id"]
    assert bench.up(lambda: Home("new", aliases=[pulumi.Alias(name="old")]) and None) == {"same": 3}
    assert bench.recorded()["new-net"]["id"] == identity
    assert bench.calls() == [("create", "Network")]


def test_children_carry_the_type_of_their_parent_in_their_name(bench: Bench) -> None:
    """The URN of a child has its parent's type in front; protection is inherited."""
    bench.up(lambda: Home("h", protect=True) and None)
    child = bench.recorded()["h-net"]
    assert child["urn"] == ("urn:pulumi:acme::demo::test:index:Home$openstack:networking/network:Network::h-net")
    assert child["protect"]
    assert child["parent"] == "urn:pulumi:acme::demo::test:index:Home::h"


def test_components_hold_their_outputs(bench: Bench) -> None:
    """Plain values, and resources as references."""
    bench.up(lambda: Home("h") and None)
    resources = json.loads(bench.state_file().read_text())["checkpoint"]["latest"]["resources"]
    (home,) = [resource for resource in resources if resource["type"] == "test:index:Home"]
    child = bench.recorded()["h-net"]
    assert home["outputs"]["network"] == child["id"]
    assert home["outputs"]["whole"]["urn"] == child["urn"]
    assert home["outputs"]["whole"]["id"] == child["id"]


def test_time_limits_reach_the_provider_and_the_state(bench: Bench) -> None:
    """CustomTimeouts in Go's durations become seconds."""
    limits = pulumi.CustomTimeouts(create="5m", update="90s", delete="1h")
    bench.up(lambda: project(custom_timeouts=limits) and None)
    assert bench.recorded()["p"]["customTimeouts"] == {"create": 300.0, "update": 90.0, "delete": 3600.0}


def test_outputs_may_be_made_secret(bench: Bench) -> None:
    """AdditionalSecretOutputs are encrypted in the state and secret in exports."""

    def program() -> None:
        pulumi.export("region", project(additional_secret_outputs=["region"]).region)

    outputs = bench.stack(program).up().outputs
    assert outputs["region"].secret
    assert outputs["region"].value == "RegionOne"
    assert "ciphertext" in bench.recorded()["p"]["outputs"]["region"]


def test_order_without_a_value(bench: Bench) -> None:
    """DependsOn orders creation and deletion."""

    def program() -> None:
        first = openstack.networking.Network("n", name="n1")
        project(depends_on=[first])

    bench.up(program)
    assert bench.recorded()["p"]["dependencies"] == [bench.urn("networking/network:Network", "n")]
    bench.stack(program).destroy()
    assert [kind for _, kind in bench.calls()] == ["Network", "Project", "Project", "Network"]


def test_explicit_providers_are_recorded_and_each_has_its_session(bench: Bench) -> None:
    """Two providers, two configurations; their secrets are sealed; a changed one replaces nothing."""

    def program(region: str) -> None:
        for name in ("a", "b"):
            provider = openstack.Provider(name, tenant_name=name, password="pw-canary", region=region)
            openstack.networking.Network(f"n-{name}", name=f"n-{name}", opts=pulumi.ResourceOptions(provider=provider))

    assert bench.preview(lambda: program("one")) == {"create": 5}
    assert bench.up(lambda: program("one")) == {"create": 5}
    used = {found["by"]["tenantName"] for found in bench.cloud.objects().values()}
    assert used == {"a", "b"}
    assert all(found["by"]["password"] == "pw-canary" for found in bench.cloud.objects().values())
    assert "pw-canary" not in bench.state_file().read_text()
    bench.calls()
    assert bench.up(lambda: program("two")) == {"same": 3, "update": 2}
    assert bench.calls() == []
    assert bench.stack(nothing).destroy().summary.resource_changes == {"delete": 5}
    assert bench.cloud.objects() == {}


def test_the_same_name_twice_is_refused(bench: Bench) -> None:
    """A duplicate URN ends the operation with a message that says which; the corrected program goes on."""

    def program() -> None:
        project()
        project()

    with pytest.raises(auto.CommandError, match=r"Duplicate resource URN '.*:Project::p'; try giving it a unique name"):
        bench.up(program)
    bench.up(lambda: project() and None)
    assert list(bench.recorded()) == ["p"]
    assert len(bench.cloud.objects()) == 1


def test_a_type_that_nobody_carries_out_is_refused_by_name(bench: Bench) -> None:
    """Unknown types end the operation; nothing is ignored, nothing recorded."""

    def other_type() -> None:
        openstack.orchestration.StackV1("s", name="s", template_opts={})

    with pytest.raises(auto.CommandError, match=r"openstack:orchestration/stackV1:StackV1"):
        bench.up(other_type)
    assert bench.cloud.objects() == {}
    assert bench.recorded() == {}
