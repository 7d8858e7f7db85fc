"""What only looks: refresh, get, import, functions, targets, events."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def network(description: str = "d") -> None:
    openstack.networking.Network("n", name="n1", description=description)
    openstack.identity.Project("p", name="p1")


def drift(bench: Bench, name: str, **properties: object) -> None:
    (identity,) = bench.cloud.named(name)
    with bench.cloud.change() as objects:
        objects[identity]["properties"].update(properties)


def vanish(bench: Bench, name: str) -> None:
    (identity,) = bench.cloud.named(name)
    with bench.cloud.change() as objects:
        del objects[identity]


def test_refresh_takes_over_what_changed_and_the_next_up_puts_it_right(bench: Bench) -> None:
    """A value changed behind our back is seen, recorded and brought back."""
    bench.up(network)
    drift(bench, "n1", description="by hand")
    assert bench.up(network) == {"same": 3}
    assert bench.stack(network).refresh().summary.resource_changes == {"same": 2, "update": 1}
    assert bench.recorded()["n"]["outputs"]["description"] == "by hand"
    assert bench.preview(network) == {"same": 2, "update": 1}
    bench.up(network)
    (identity,) = bench.cloud.named("n1")
    assert bench.cloud.objects()[identity]["properties"]["description"] == "d"


def test_refresh_forgets_what_is_gone(bench: Bench) -> None:
    """The next up makes it anew."""
    bench.up(network)
    vanish(bench, "n1")
    assert bench.stack(network).refresh().summary.resource_changes == {"same": 2, "delete": 1}
    assert list(bench.recorded()) == ["p"]
    assert bench.up(network) == {"same": 2, "create": 1}


def test_a_preview_of_a_refresh_writes_nothing(bench: Bench) -> None:
    """Drift is counted, the state stays, the lock is not taken."""
    bench.up(network)
    drift(bench, "n1", description="by hand")
    before = bench.state_file().read_bytes()
    found = bench.stack(network).preview_refresh().change_summary
    assert {str(getattr(op, "value", op)): n for op, n in found.items()} == {"same": 2, "update": 1}
    assert bench.state_file().read_bytes() == before


def test_up_may_refresh_first(bench: Bench) -> None:
    """One operation finds the drift and removes it; a preview shows it."""
    bench.up(network)
    drift(bench, "n1", description="by hand")
    vanish(bench, "p1")
    assert bench.preview(network, refresh=True) == {"same": 1, "update": 1, "create": 1}
    assert bench.up(network, refresh=True) == {"same": 1, "update": 1, "create": 1}
    assert bench.up(network, refresh=True) == {"same": 3}


def test_a_read_that_fails_spoils_only_its_own_resource(bench: Bench) -> None:
    """The others are read and written; code 1."""
    bench.up(network)
    drift(bench, "n1", description="by hand")
    bench.faults.refuse_read.add("p1")
    with pytest.raises(auto.CommandError, match="500"):
        bench.stack(network).refresh()
    assert bench.recorded()["n"]["outputs"]["description"] == "by hand"
    assert "p" in bench.recorded()


def test_an_object_that_is_not_ours_can_be_read(bench: Bench) -> None:
    """`.get` reads it in previews and updates, records it as external, and never deletes it."""
    bench.up(network, name="other")
    (identity,) = bench.cloud.named("n1")

    def reader() -> None:
        found = openstack.networking.Network.get("theirs", identity)
        pulumi.export("name", found.name)

    bench.preview(reader)
    outputs = bench.stack(reader).up().outputs
    assert outputs["name"].value == "n1"
    assert bench.recorded()["theirs"]["external"]
    bench.calls()
    bench.stack(reader).destroy()
    assert bench.calls() == []
    assert identity in bench.cloud.objects()


def test_reading_what_does_not_exist_is_the_programs_mistake(bench: Bench) -> None:
    """The message names the id."""

    def reader() -> None:
        openstack.networking.Network.get("theirs", "no-such-id")

    with pytest.raises(auto.CommandError, match="resource 'no-such-id' does not exist"):
        bench.up(reader)


def test_an_existing_object_is_taken_over(bench: Bench) -> None:
    """`import_` adopts by id, updates what differs, and is the same afterwards."""
    bench.up(network, name="other")
    (identity,) = bench.cloud.named("n1")
    bench.calls()

    def importer() -> None:
        openstack.networking.Network(
            "mine", name="n1", description="new", opts=pulumi.ResourceOptions(import_=identity)
        )

    assert bench.up(importer) == {"create": 1, "import": 1, "update": 1}
    assert bench.calls() == [("update", "Network")]
    assert bench.recorded()["mine"]["id"] == identity
    assert bench.up(importer) == {"same": 2}


def test_an_object_that_cannot_become_what_is_asked_for_is_left_as_it_is(bench: Bench) -> None:
    """Its import is refused, and says which input stands against it."""
    bench.up(network, name="other")
    (identity,) = bench.cloud.named("n1")
    bench.calls()

    def importer() -> None:
        openstack.networking.Network(
            "mine", name="n1", tenant_id="another", opts=pulumi.ResourceOptions(import_=identity)
        )

    with pytest.raises(auto.CommandError, match=r"cannot be changed: tenantId|may not be replaced(.|\n)*tenantId"):
        bench.up(importer)
    assert bench.calls() == []


def test_functions_answer_at_once_and_as_outputs(bench: Bench) -> None:
    """Both forms of a look-up give what the cloud has; no result ends the program with a message."""
    bench.up(network, name="other")
    (identity,) = bench.cloud.named("n1")

    def asks() -> None:
        pulumi.export("direct", openstack.networking.get_network(name="n1").id)
        pulumi.export("output", openstack.networking.get_network_output(name=pulumi.Output.from_input("n1")).id)

    outputs = bench.stack(asks).up().outputs
    assert {name: found.value for name, found in outputs.items()} == {"direct": identity, "output": identity}

    def asks_in_vain() -> None:
        openstack.networking.get_network(name="nowhere")

    with pytest.raises(auto.InlineSourceRuntimeError, match="no results"):
        bench.preview(asks_in_vain)


def test_targets_alone_are_touched(bench: Bench) -> None:
    """Others stay as recorded; a creation that is no target is left out; an unknown target is an error."""
    bench.up(network)
    bench.calls()

    def changed() -> None:
        network("other")
        openstack.identity.Project("q", name="q1", description="new")

    target = bench.urn("networking/network:Network", "n")
    assert bench.up(changed, target=[target]) == {"same": 3, "update": 1}
    assert bench.calls() == [("update", "Network")]
    assert set(bench.recorded()) == {"p", "n"}
    with pytest.raises(auto.CommandError, match="could not be found in the stack"):
        bench.up(changed, target=[bench.urn("networking/network:Network", "nobody")])


def test_a_targeted_deletion_takes_only_the_target(bench: Bench) -> None:
    """And refuses while something stands on it, unless the dependants go too."""

    def program() -> None:
        parent = openstack.networking.Network("n", name="n1")
        openstack.networking.Subnet("s", name="s1", network_id=parent.id, cidr="10.0.0.0/24", ip_version=4)
        openstack.identity.Project("p", name="p1")

    bench.up(program)
    target = [bench.urn("networking/network:Network", "n")]
    with pytest.raises(auto.CommandError, match="will be destroyed but was not specified in --target list"):
        bench.stack(program).destroy(target=target)
    assert len(bench.recorded()) == 3
    bench.stack(program).destroy(target=target, target_dependents=True)
    assert list(bench.recorded()) == ["p"]


def test_events_tell_the_course_in_order_with_secrets_hidden(bench: Bench) -> None:
    """Prelude first, cancel last, the summary before it; each step before its outputs; changes property by property."""

    def program(description: str) -> None:
        openstack.identity.User("u", name="u1", password="pw-canary", description=description)

    bench.up(lambda: program("a"))
    events: list[auto.EngineEvent] = []
    bench.stack(lambda: program("b")).up(on_event=events.append)
    assert [event.sequence for event in events] == list(range(len(events)))
    assert events[0].prelude_event is not None
    assert events[-1].cancel_event is not None
    summary = events[-2].summary_event
    assert summary is not None
    assert {str(getattr(k, "value", k)): v for k, v in summary.resource_changes.items()} == {"same": 1, "update": 1}
    urn = bench.urn("identity/user:User", "u")
    (before,) = [
        e.resource_pre_event.metadata
        for e in events
        if e.resource_pre_event and e.resource_pre_event.metadata.urn == urn
    ]
    (after,) = [
        e.res_outputs_event.metadata for e in events if e.res_outputs_event and e.res_outputs_event.metadata.urn == urn
    ]
    assert before.op == auto.OpType.UPDATE
    assert before.diffs == ["description"]
    assert before.old.inputs["description"] == "a"
    assert before.new.inputs["description"] == "b"
    assert after.new.outputs["description"] == "b"
    assert "pw-canary" not in repr([vars(before.old), vars(before.new), vars(after.new)])


def test_a_preview_shows_what_replaces(bench: Bench) -> None:
    """Replace keys and the kind of each difference, unknowns included."""

    def program(cidr: str) -> None:
        parent = openstack.networking.Network("n", name="n1")
        openstack.networking.Subnet("s", name="s1", network_id=parent.id, cidr=cidr, ip_version=4)

    bench.up(lambda: program("10.0.0.0/24"))
    events: list[auto.EngineEvent] = []
    bench.stack(lambda: program("10.0.1.0/24")).preview(on_event=events.append)
    steps = [e.resource_pre_event.metadata for e in events if e.resource_pre_event]
    (replaced,) = [step for step in steps if step.op == auto.OpType.REPLACE]
    assert replaced.keys == ["cidr"]
    assert replaced.detailed_diff["cidr"].diff_kind.value == "update-replace"
    assert [s.op.value for s in steps if s.urn == replaced.urn] == [
        "delete-replaced", "replace", "create-replacement",
    ]  # fmt: skip


def test_a_program_in_a_preview_sees_unknowns_as_such(bench: Bench) -> None:
    """What depends on something not made yet is left open, however deep it stands."""
    seen: list[bool] = []

    def program() -> None:
        parent = openstack.networking.Network("n", name="n1")
        parent.id.apply(lambda _: seen.append(pulumi.runtime.is_dry_run()))
        pulumi.export("deep", {"a": [parent.id, 1]})
        openstack.networking.Router("r", name="r1", value_specs={"net": parent.id})

    assert bench.preview(program) == {"create": 3}
    assert seen == []
    bench.up(program)
    assert seen == [False]
    assert bench.recorded()["r"]["inputs"]["valueSpecs"] == {"net": bench.recorded()["n"]["id"]}
    assert bench.stack(nothing).outputs()["deep"].value == {"a": [bench.recorded()["n"]["id"], 1]}


def test_a_target_that_needs_something_left_out_is_an_error(bench: Bench) -> None:
    """Nothing is skipped in silence."""

    def program() -> None:
        parent = openstack.networking.Network("n", name="n1")
        openstack.networking.Subnet("s", name="s1", network_id=parent.id, cidr="10.0.0.0/24", ip_version=4)

    with pytest.raises(auto.CommandError, match="which was was not specified in --target list"):
        bench.up(program, target=[bench.urn("networking/subnet:Subnet", "s")])
    assert bench.cloud.objects() == {}


def test_a_preview_cannot_ask_a_provider_that_is_not_configured_yet(bench: Bench) -> None:
    """A look-up through a provider scoped to a project of the same run is left open, and answered in the real run."""
    bench.up(network, name="other")

    def program() -> None:
        project = openstack.identity.Project("q", name="q1")
        scoped = openstack.Provider("scoped", tenant_id=project.id)
        asked = pulumi.InvokeOutputOptions(provider=scoped)
        pulumi.export("found", openstack.networking.get_network_output(name="n1", opts=asked).id)

    assert bench.preview(program) == {"create": 3}
    found = bench.stack(program).up().outputs["found"].value
    assert found == bench.cloud.named("n1")[0]
