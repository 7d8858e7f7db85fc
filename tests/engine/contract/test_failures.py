"""What remains when something goes wrong: what was done is recorded, and the next run finishes."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from engine_programs import three_in_a_row
from engine_quiet import printed
from pulumi import automation as auto


def test_the_first_failure_stops_new_steps_and_keeps_what_was_done(bench: Bench) -> None:
    """Code 1, the cause in stdout with the resource it belongs to, history says failed."""
    bench.faults.refuse_create.add("n1")
    events: list[auto.EngineEvent] = []
    with pytest.raises(auto.CommandError) as caught:
        bench.stack(three_in_a_row).up(on_event=events.append)
    assert "403 quota exceeded for n1" in str(caught.value)
    assert list(bench.recorded()) == ["p"]
    assert bench.stack(three_in_a_row).history()[0].result == "failed"
    told = [e.diagnostic_event for e in events if e.diagnostic_event and e.diagnostic_event.severity == "error"]
    assert told[0].urn == bench.urn("networking/network:Network", "n")
    assert [e.res_op_failed_event.metadata.urn for e in events if e.res_op_failed_event] == [told[0].urn]
    bench.faults.refuse_create.clear()
    assert bench.up(three_in_a_row) == {"create": 2, "same": 2}


def test_continuing_leaves_out_only_what_depends_on_the_failure(bench: Bench) -> None:
    """The other resources are made; the operation still fails."""

    def wider() -> None:
        three_in_a_row()
        openstack.identity.User("u", name="u1", password="x")

    bench.faults.refuse_create.add("n1")
    with pytest.raises(auto.CommandError, match="quota exceeded"):
        bench.up(wider, continue_on_error=True)
    assert set(bench.recorded()) == {"p", "u"}
    assert sorted(bench.calls()) == [("create", "Project"), ("create", "User")]


def test_exports_that_are_known_are_recorded_though_something_failed(bench: Bench) -> None:
    """One that holds anything unknown stays as it was, or is not there."""

    def nested() -> None:
        three_in_a_row()
        made = openstack.identity.Project("q", name="q1")
        refused = openstack.networking.Network("m", name="m1")
        pulumi.export("networks", {"made": made.id, "refused": refused.id})

    bench.faults.refuse_create.add("m1")
    with pytest.raises(auto.CommandError, match="quota exceeded"):
        bench.up(nested, continue_on_error=True)
    recorded = bench.recorded()
    known = {name: one.value for name, one in bench.stack(nothing).outputs().items()}
    assert known == {"pid": recorded["p"]["id"], "nid": recorded["n"]["id"]}


def test_continuing_does_not_delete_what_a_failure_stands_on(bench: Bench) -> None:
    """A resource that the program dropped stays while something that failed may still need it."""
    bench.up(three_in_a_row)

    def without_project() -> None:
        kept = pulumi.ResourceOptions(ignore_changes=["tenantId"])
        network = openstack.networking.Network("n", name="n1", description="new", opts=kept)
        openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr="10.0.0.0/24", ip_version=4)

    bench.faults.refuse_update.add("n1")
    with pytest.raises(auto.CommandError, match="409"):
        bench.up(without_project, continue_on_error=True)
    assert set(bench.recorded()) == {"p", "n", "s"}


def test_a_program_that_raises_deletes_nothing(bench: Bench) -> None:
    """Whatever the program did before it raised is kept, and nothing it did not come to name goes."""
    bench.up(three_in_a_row)
    bench.calls()

    def broken() -> None:
        openstack.identity.Project("p", name="p1")
        raise ValueError("no such tenant: blue")

    with pytest.raises(auto.InlineSourceRuntimeError, match="no such tenant: blue"):
        bench.up(broken)
    assert bench.calls() == []
    assert set(bench.recorded()) == {"p", "n", "s"}


def test_an_object_that_came_up_broken_is_never_lost(bench: Bench) -> None:
    """It is recorded with its id and its fault, so that the next run finds it (see test_unfinished)."""

    def single() -> None:
        openstack.networking.Network("n", name="n1")

    bench.faults.broken_create.add("n1")
    with pytest.raises(auto.CommandError, match="went to ERROR: no host"):
        bench.up(single)
    assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]]
    assert bench.recorded()["n"]["initErrors"] == ["n1 went to ERROR: no host"]


def test_a_wait_that_ran_out_keeps_the_object(bench: Bench) -> None:
    """The id was known before the wait, so the object is in the state."""

    def single() -> None:
        openstack.networking.Network("n", name="n1")

    bench.faults.late_failure.add("n1")
    with pytest.raises(auto.CommandError, match="not ACTIVE"):
        bench.up(single)
    assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]]


def test_bad_inputs_are_the_resources_error(bench: Bench) -> None:
    """What the provider refuses is told with type and name, in previews too."""

    def bad() -> None:
        openstack.networking.Network("n", name="n1", description="bad")

    text = r"openstack:networking/network:Network resource 'n' has a problem: description must not be"
    with pytest.raises(auto.CommandError, match=text):
        bench.preview(bad)
    with pytest.raises(auto.CommandError, match=text):
        bench.up(bad)


def test_a_failed_deletion_keeps_the_resource_and_what_it_stands_on(bench: Bench) -> None:
    """The next run tries again."""
    bench.up(three_in_a_row)
    bench.faults.refuse_delete.add("n1")
    with pytest.raises(auto.CommandError, match="409 in use"):
        bench.stack(nothing).destroy()
    assert set(bench.recorded()) == {"p", "n"}
    bench.faults.refuse_delete.clear()
    bench.stack(nothing).destroy()
    assert bench.cloud.objects() == {}


def test_deleting_what_is_gone_is_done(bench: Bench) -> None:
    """Somebody else was faster."""
    bench.up(lambda: openstack.networking.Network("n", name="n1") and None)
    with bench.cloud.change() as objects:
        objects.clear()
    assert bench.stack(nothing).destroy().summary.resource_changes == {"delete": 2}


def test_a_failure_leaves_no_trace_on_the_terminal(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    """However many registrations wait when it ends: text goes to the caller, nothing to stdout or stderr."""

    def wide() -> None:
        for index in range(40):
            first = openstack.networking.Network(f"n{index}", name=f"n{index}")
            openstack.networking.Subnet(f"s{index}", network_id=first.id, cidr="10.0.0.0/24", ip_version=4)

    bench.faults.refuse_create.add("n7")
    bench.faults.seconds = 0.01
    for _ in range(5):
        with pytest.raises(auto.CommandError, match="quota exceeded for n7"):
            bench.up(wide, parallel=3)
    assert printed(capfd) == ("", "")
    assert {r["id"] for r in bench.recorded().values()} == set(bench.cloud.objects())
