"""What goes along with its container (`deletedWith`) is known until the container is really gone."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def program() -> None:
    """A network that a project takes along when it goes."""
    project = openstack.identity.Project("p", name="p1")
    openstack.networking.Network("n", name="n1", opts=pulumi.ResourceOptions(deleted_with=project))


def test_it_stays_known_while_its_container_could_not_be_deleted(bench: Bench) -> None:
    """Forgotten before, it would be made a second time by the next up: found by random programs."""
    bench.up(program)
    bench.faults.refuse_delete.add("p1")
    with pytest.raises(auto.CommandError, match="409 in use"):
        bench.stack(program).destroy()
    assert bench.recorded().keys() == {"p", "n"}
    assert bench.up(program) == {"same": 3}
    assert len(bench.cloud.objects()) == 2


def test_both_are_counted_once_the_container_is_gone(bench: Bench) -> None:
    """One call, two resources less."""
    bench.up(program)
    bench.calls()
    deleted = bench.stack(program).destroy().summary.resource_changes
    assert deleted == {"delete": 3}
    assert bench.calls() == [("delete", "Project")]
    assert bench.recorded() == {}


def test_it_is_deleted_by_itself_where_its_container_has_a_successor(bench: Bench) -> None:
    """The state does not tell in which of the two it is, so it is not left to the old one."""
    bench.up(program)
    bench.calls()

    def later() -> None:
        openstack.identity.Project(
            "p", name="p1", domain_id="other", opts=pulumi.ResourceOptions(delete_before_replace=False)
        )

    bench.up(later)
    assert bench.calls() == [("create", "Project"), ("delete", "Network"), ("delete", "Project")]
    assert bench.recorded().keys() == {"p"}
