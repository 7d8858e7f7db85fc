"""Replacements that no difference asks for: replaceWith, deletedWith, replacementTrigger."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def flavor(ram: int, *, named: bool) -> openstack.compute.Flavor:
    return openstack.compute.Flavor("f", name="f1" if named else None, ram=ram, vcpus=1, disk=1)


def group(**options: Any) -> None:
    openstack.networking.SecGroup("g", opts=pulumi.ResourceOptions(**options))


@pytest.mark.parametrize("named", [False, True])
def test_what_is_replaced_with_another_goes_when_it_goes(bench: Bench, *, named: bool) -> None:
    """Whether the other is made before it goes or after; recorded, and without effect while nothing is replaced."""

    def program(ram: int) -> None:
        group(replace_with=[flavor(ram, named=named)])

    bench.up(lambda: program(64))
    before = bench.recorded()["g"]
    assert before["replaceWith"] == [bench.urn("compute/flavor:Flavor", "f")]
    assert bench.up(lambda: program(64)) == {"same": 3}
    bench.calls()
    assert bench.preview(lambda: program(128)) == {"same": 1, "replace": 2}
    assert bench.up(lambda: program(128)) == {"same": 1, "replace": 2}
    made = [("create", "Flavor"), ("create", "SecGroup")]
    gone = [("delete", "SecGroup"), ("delete", "Flavor")]
    assert bench.calls() == (gone + made if named else made + gone)
    assert bench.recorded()["g"]["id"] != before["id"]
    assert len(bench.cloud.objects()) == 2
    assert bench.up(lambda: program(128)) == {"same": 3}
    bench.up(nothing)
    assert bench.cloud.objects() == {}


@pytest.mark.parametrize("named", [False, True])
def test_what_goes_with_its_container_is_made_anew_with_it(bench: Bench, *, named: bool) -> None:
    """Both are made anew, and nothing of the old ones is left; it is not left to the old container to take it along."""

    def program(ram: int) -> None:
        group(deleted_with=flavor(ram, named=named))

    bench.up(lambda: program(64))
    bench.calls()
    assert bench.up(lambda: program(128)) == {"same": 1, "replace": 2}
    made, gone = [("create", "Flavor"), ("create", "SecGroup")], [("delete", "SecGroup"), ("delete", "Flavor")]
    assert bench.calls() == (gone + made if named else made + gone)
    assert len(bench.cloud.objects()) == 2
    assert bench.up(lambda: program(128)) == {"same": 3}


def test_a_trigger_replaces_when_it_changes(bench: Bench) -> None:
    """Not when it is first given or taken away; a secret one is compared in clear and stored sealed."""
    bench.up(group)
    first = bench.recorded()["g"]["id"]
    assert bench.up(lambda: group(replacement_trigger={"version": [1, "a"]})) == {"same": 2}
    assert bench.recorded()["g"]["replacementTrigger"] == {"version": [1, "a"]}
    assert bench.up(lambda: group(replacement_trigger={"version": [1, "a"]})) == {"same": 2}
    assert bench.recorded()["g"]["id"] == first
    assert bench.up(lambda: group(replacement_trigger={"version": [2, "a"]})) == {"same": 1, "replace": 1}
    assert bench.recorded()["g"]["id"] != first
    assert bench.up(group) == {"same": 2}
    secret = pulumi.Output.secret
    bench.up(lambda: group(replacement_trigger=secret("pw-canary")))
    assert "pw-canary" not in bench.state_file().read_text()
    assert bench.up(lambda: group(replacement_trigger="pw-canary")) == {"same": 2}
    assert bench.up(lambda: group(replacement_trigger=secret("other"))) == {"same": 1, "replace": 1}


def test_a_trigger_that_is_not_known_yet_shows_a_replacement(bench: Bench) -> None:
    """In a preview; the real run knows better."""

    def program(ram: int) -> None:
        group(replacement_trigger=flavor(ram, named=False).region)

    bench.up(lambda: program(64))
    assert bench.preview(lambda: program(128)) == {"same": 1, "replace": 2}
    assert bench.up(lambda: program(128)) == {"same": 2, "replace": 1}


def test_a_failed_replacement_takes_nothing_along(bench: Bench) -> None:
    """The next run replaces both."""

    def program(ram: int) -> None:
        group(replace_with=[flavor(ram, named=True)])

    bench.up(lambda: program(64))
    bench.faults.refuse_create.add("f1")
    with pytest.raises(auto.CommandError, match="quota exceeded"):
        bench.up(lambda: program(128), continue_on_error=True)
    bench.faults.refuse_create.clear()
    bench.up(lambda: program(128))
    assert len(bench.cloud.objects()) == 2
    assert bench.up(lambda: program(128)) == {"same": 3}
