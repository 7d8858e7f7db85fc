"""Changes that no update can make: the order in which the new object comes and the old one goes."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def rule(port: int, **options: object) -> None:
    group = openstack.networking.SecGroup("g", name="g1")
    openstack.networking.SecGroupRule(
        "r",
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        port_range_min=port,
        port_range_max=port,
        security_group_id=group.id,
        opts=pulumi.ResourceOptions(**options),  # type: ignore[arg-type]
    )


def net(cidr: str, **options: object) -> None:
    network = openstack.networking.Network("n", name="n1")
    subnet = openstack.networking.Subnet(
        "s",
        name="s1",
        network_id=network.id,
        cidr=cidr,
        ip_version=4,
        opts=pulumi.ResourceOptions(**options),  # type: ignore[arg-type]
    )
    router = openstack.networking.Router("r", name="r1")
    openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id)


def test_without_a_name_the_new_object_comes_first(bench: Bench) -> None:
    """Create before delete: the rule is there all the time."""
    bench.up(lambda: rule(22))
    bench.calls()
    assert bench.preview(lambda: rule(443)) == {"same": 2, "replace": 1}
    assert bench.calls() == []
    assert bench.up(lambda: rule(443)) == {"same": 2, "replace": 1}
    assert bench.calls() == [("create", "SecGroupRule"), ("delete", "SecGroupRule")]
    assert len(bench.cloud.objects()) == 2
    assert bench.recorded()["r"]["inputs"]["portRangeMin"] == 443


def test_a_named_object_goes_first_with_what_cannot_outlive_it(bench: Bench) -> None:
    """Delete before replace: the interface on the subnet is removed, then the subnet, then both are made again."""
    bench.up(lambda: net("10.0.0.0/24"))
    bench.calls()
    assert bench.preview(lambda: net("10.0.1.0/24")) == {"same": 3, "replace": 2}
    assert bench.up(lambda: net("10.0.1.0/24")) == {"same": 3, "replace": 2}
    assert bench.calls() == [
        ("delete", "RouterInterface"), ("delete", "Subnet"), ("create", "Subnet"), ("create", "RouterInterface"),
    ]  # fmt: skip
    assert bench.up(lambda: net("10.0.1.0/24")) == {"same": 5}
    assert len(bench.cloud.objects()) == 4


def test_the_program_may_choose_the_order(bench: Bench) -> None:
    """An explicit delete_before_replace wins over the type's own."""
    bench.up(lambda: rule(22, delete_before_replace=True))
    bench.calls()
    bench.up(lambda: rule(80, delete_before_replace=True))
    assert bench.calls() == [("delete", "SecGroupRule"), ("create", "SecGroupRule")]


def test_a_replacement_asked_for_by_name(bench: Bench) -> None:
    """`--replace` makes the object anew though nothing differs."""
    bench.up(lambda: rule(22))
    before = bench.recorded()["r"]["id"]
    target = bench.urn("networking/secGroupRule:SecGroupRule", "r")
    assert bench.up(lambda: rule(22), replace=[target]) == {"same": 2, "replace": 1}
    assert bench.recorded()["r"]["id"] != before
    assert len(bench.cloud.objects()) == 2


def test_a_property_may_be_made_to_replace(bench: Bench) -> None:
    """ReplaceOnChanges turns an update into a replacement."""

    def group(text: str) -> None:
        openstack.networking.SecGroup(
            "g", description=text, opts=pulumi.ResourceOptions(replace_on_changes=["description"])
        )

    bench.up(lambda: group("a"))
    before = bench.recorded()["g"]["id"]
    assert bench.up(lambda: group("b")) == {"same": 1, "replace": 1}
    assert bench.recorded()["g"]["id"] != before


def test_a_protected_object_is_not_replaced(bench: Bench) -> None:
    """The update stops with a message that names the resource, and nothing is changed."""
    bench.up(lambda: rule(22, protect=True))
    bench.calls()
    with pytest.raises(auto.CommandError, match="unable to replace resource"):
        bench.up(lambda: rule(23, protect=True))
    assert bench.calls() == []


def test_a_failed_new_object_leaves_the_old_one(bench: Bench) -> None:
    """Create before delete: the old object is still the recorded one, and the next run finishes."""

    def group(description: str) -> None:
        openstack.networking.SecGroup(
            "g",
            name="g1",
            description=description,
            opts=pulumi.ResourceOptions(replace_on_changes=["description"], delete_before_replace=False),
        )

    bench.up(lambda: group("a"))
    before = bench.recorded()["g"]
    bench.faults.refuse_create.add("g1")
    with pytest.raises(auto.CommandError, match="quota exceeded"):
        bench.up(lambda: group("b"))
    assert bench.recorded()["g"] == before
    bench.faults.refuse_create.clear()
    assert bench.up(lambda: group("b")) == {"same": 1, "replace": 1}
    assert len(bench.cloud.objects()) == 1


def test_a_replacement_that_stopped_half_way_is_finished(bench: Bench) -> None:
    """Delete before replace whose create failed: the next run makes the object, once."""
    bench.up(lambda: net("10.0.0.0/24"))
    bench.faults.refuse_create.add("s1")
    with pytest.raises(auto.CommandError, match="quota exceeded"):
        bench.up(lambda: net("10.0.1.0/24"))
    assert bench.recorded()["s"]["pendingReplacement"]
    bench.faults.refuse_create.clear()
    bench.up(lambda: net("10.0.1.0/24"))
    assert len(bench.cloud.objects()) == 4
    assert bench.up(lambda: net("10.0.1.0/24")) == {"same": 5}


def test_a_replacement_is_made_from_what_the_program_says_now(bench: Bench) -> None:
    """`ignore_changes` spares an object that stays; a new one is not made from values that may be gone."""

    def flavor(name: str, ram: int) -> None:
        kept = pulumi.ResourceOptions(ignore_changes=["description"])
        openstack.compute.Flavor("f", name="f1", ram=ram, vcpus=1, disk=1, description=name, opts=kept)

    bench.up(lambda: flavor("image-1", 64))
    assert bench.up(lambda: flavor("image-2", 64)) == {"same": 2}
    assert bench.recorded()["f"]["outputs"]["description"] == "image-1"
    events: list[auto.EngineEvent] = []
    bench.preview(lambda: flavor("image-2", 128), on_event=events.append)
    planned = [e.res_outputs_event.metadata.new for e in events if e.res_outputs_event]
    assert [new.inputs["description"] for new in planned if new and new.type.endswith("Flavor")] == ["image-2"] * 2
    assert bench.up(lambda: flavor("image-2", 128)) == {"same": 1, "replace": 1}
    assert bench.recorded()["f"]["outputs"]["description"] == "image-2"
    assert [found["properties"]["description"] for found in bench.cloud.objects().values()] == ["image-2"]


def test_a_made_up_name_is_made_up_anew(bench: Bench) -> None:
    """Two objects stand side by side for a moment, as in Pulumi's own engine: not under one name."""

    def flavor(ram: int) -> None:
        openstack.compute.Flavor("f", ram=ram, vcpus=1, disk=1)

    bench.up(lambda: flavor(64))
    before = bench.recorded()["f"]["outputs"]["name"]
    assert bench.up(lambda: flavor(128)) == {"same": 1, "replace": 1}
    assert bench.recorded()["f"]["outputs"]["name"] != before
