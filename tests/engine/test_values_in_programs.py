"""Secrets and unknowns wherever a program puts them, and what a preview does without the values."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto

CANARY = "pw-canary"


def network(name: str = "n", **arguments: Any) -> openstack.networking.Network:
    return openstack.networking.Network(name, name=f"{name}1", **arguments)


def router(specs: Any, **options: Any) -> None:
    openstack.networking.Router("r", name="r1", value_specs=specs, opts=pulumi.ResourceOptions(**options))


def hidden() -> Any:
    return pulumi.Output.secret(CANARY)


@pytest.mark.parametrize(
    "specs",
    [
        lambda: hidden().apply(lambda text: {"a": text}),
        lambda: {"a": hidden()},
        lambda: {"a": pulumi.Output.all(hidden(), "b").apply(",".join)},
        lambda: pulumi.Output.secret({"a": CANARY}),
        lambda: {"a": pulumi.Output.concat("x", hidden()), "b": "open"},
    ],
)
def test_a_secret_anywhere_in_an_input_is_nowhere_in_clear(bench: Bench, specs: Any) -> None:
    """In the state as a whole; the cloud gets the value; the next run finds nothing to do."""
    bench.preview(lambda: router(specs()))
    bench.up(lambda: router(specs()))
    assert CANARY not in bench.state_file().read_text()
    assert "ciphertext" in bench.recorded()["r"]["inputs"]["valueSpecs"]
    (found,) = bench.cloud.objects().values()
    assert CANARY in json.dumps(found["properties"]["valueSpecs"])
    assert bench.up(lambda: router(specs())) == {"same": 2}


def test_a_secret_that_is_not_known_yet_stays_a_secret(bench: Bench) -> None:
    """In previews it is open, afterwards it is sealed; so is what is made of it."""

    def program() -> None:
        made = pulumi.Output.secret(network().id)
        router({"net": made})
        pulumi.export("deep", [{"net": [made]}])
        pulumi.export("whole", pulumi.Output.all(made, 1))

    assert bench.preview(program) == {"create": 3}
    outputs = bench.stack(program).up().outputs
    (identity,) = bench.cloud.named("n1")
    assert outputs["deep"].value == [{"net": [identity]}]
    assert (outputs["whole"].value, outputs["whole"].secret) == ([identity, 1], True)
    assert identity not in json.dumps(bench.recorded()["r"]["inputs"])
    resources = json.loads(bench.state_file().read_text())["checkpoint"]["latest"]["resources"]
    assert identity not in json.dumps(resources[0]["outputs"])


def test_outputs_of_components_hold_secrets_where_they_are(bench: Bench) -> None:
    """And unknowns in previews; nothing is in clear afterwards."""

    class Home(pulumi.ComponentResource):
        def __init__(self) -> None:
            super().__init__("test:index:Home", "h", {"given": hidden(), "beside": "x"})
            made = network()
            self.register_outputs({"list": [made.id, {"hidden": hidden()}], "open": "y", "none": None})

    assert bench.preview(lambda: Home() and None) == {"create": 3}
    bench.up(lambda: Home() and None)
    assert CANARY not in bench.state_file().read_text()
    resources = json.loads(bench.state_file().read_text())["checkpoint"]["latest"]["resources"]
    (home,) = [one for one in resources if one["type"] == "test:index:Home"]
    assert home["outputs"]["list"][0] == bench.recorded()["n"]["id"]
    assert "ciphertext" in home["outputs"]["list"][1]["hidden"]
    assert (home["outputs"]["open"], "none" in home["outputs"]) == ("y", False)
    assert bench.up(lambda: Home() and None) == {"same": 3}


def test_a_look_up_with_a_secret_gives_secrets(bench: Bench) -> None:
    """Whatever it finds is one too."""
    bench.up(lambda: network() and None, name="other")

    def program() -> None:
        name = pulumi.Output.secret("n1")
        pulumi.export("id", openstack.networking.get_network_output(name=name).id)

    found = bench.stack(program).up().outputs["id"]
    assert (found.value, found.secret) == (bench.cloud.named("n1")[0], True)


def test_a_look_up_waits_for_what_it_is_asked_with(bench: Bench) -> None:
    """In a preview it is left open where its argument is not known, or what it depends on is not made."""
    bench.up(lambda: network("other") and None, name="other")

    def program() -> None:
        made = network()
        by_name = openstack.networking.get_network_output(name=made.id.apply(lambda _: "n1"))
        nested = openstack.networking.get_network_output(name="n1", tags=[made.id.apply(lambda _: "t")])
        after = pulumi.InvokeOutputOptions(depends_on=[made])
        later = openstack.networking.get_network_output(name="n1", opts=after)
        now = openstack.networking.get_network_output(name="other1")
        router({"a": by_name.id, "b": nested.id, "c": later.id, "d": now.id})

    assert bench.preview(program) == {"create": 3}
    bench.up(program)
    (made,), (other,) = bench.cloud.named("n1"), bench.cloud.named("other1")
    assert bench.recorded()["r"]["inputs"]["valueSpecs"] == {"a": made, "b": made, "c": made, "d": other}


def test_a_look_up_after_what_stands_already_is_answered_in_the_preview(bench: Bench) -> None:
    """Only what is new leaves it open."""
    asked: list[bool] = []

    def program() -> None:
        made = network()
        after = pulumi.InvokeOutputOptions(depends_on=[made])
        found = openstack.networking.get_network_output(name="n1", opts=after)
        found.id.apply(lambda _: asked.append(pulumi.runtime.is_dry_run()))

    bench.preview(program)
    assert asked == []
    bench.up(program)
    bench.preview(program)
    assert asked == [False, True]


def test_an_object_of_an_id_that_is_not_known_yet_is_left_open(bench: Bench) -> None:
    """`.get` in a preview of what the same run makes; read in the real run."""

    def program() -> None:
        made = network()
        seen = openstack.networking.Network.get("again", made.id)
        router({"name": seen.name})

    assert bench.preview(program) == {"create": 3}
    bench.up(program)
    assert bench.recorded()["r"]["inputs"]["valueSpecs"] == {"name": "n1"}
    assert bench.recorded()["again"]["id"] == bench.recorded()["n"]["id"]
    assert bench.recorded()["again"]["external"]
    assert bench.up(program) == {"same": 3}
    bench.calls()
    bench.stack(program).destroy()
    # in no order: the SDK does not say that what is read leans on what gave its id
    assert sorted(bench.calls()) == [("delete", "Network"), ("delete", "Router")]


def test_ignored_changes_in_every_form(bench: Bench) -> None:
    """All, a key of a map, a place of a list; what was not there before stays away."""

    def program(specs: dict[str, Any], ignored: list[str], **more: Any) -> None:
        opts = pulumi.ResourceOptions(ignore_changes=ignored)
        openstack.networking.Router("r", name="r1", value_specs=specs, opts=opts, **more)

    bench.up(lambda: program({"a": "1", "b": "1"}, []))
    assert bench.up(lambda: program({"a": "2", "b": "1"}, ["valueSpecs.a"])) == {"same": 2}
    assert bench.up(lambda: program({"a": "2", "b": "1"}, ['valueSpecs["a"]'])) == {"same": 2}
    assert bench.up(lambda: program({"a": "2", "b": "2"}, ["valueSpecs.a"])) == {"same": 1, "update": 1}
    assert bench.recorded()["r"]["inputs"]["valueSpecs"] == {"a": "1", "b": "2"}
    assert bench.up(lambda: program({"a": "3", "b": "3", "c": "3"}, ["valueSpecs.*"])) == {"same": 2}
    assert bench.up(lambda: program({"x": "y"}, ["*"], description="new", distributed=True)) == {"same": 2}
    assert "description" not in bench.recorded()["r"]["inputs"]
    assert bench.up(lambda: program({"a": "1", "b": "2"}, ["description"], description="new")) == {"same": 2}
    with pytest.raises(auto.InlineSourceRuntimeError, match="is no property path"):
        bench.up(lambda: program({}, ["value[x"]))


def test_only_changed_values_change_what_depends_on_them(bench: Bench) -> None:
    """A dependency that was updated, or that is only ordered before, changes nothing by itself."""

    def program(description: str) -> None:
        parent = network(description=description)
        openstack.networking.Subnet("s", name="s1", network_id=parent.id, cidr="10.0.0.0/24", ip_version=4)
        router({}, depends_on=[parent])

    bench.up(lambda: program("a"))
    bench.calls()
    assert bench.preview(lambda: program("b")) == {"same": 3, "update": 1}
    assert bench.up(lambda: program("b")) == {"same": 3, "update": 1}
    assert bench.calls() == [("update", "Network")]


def test_time_limits_reach_every_action(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Create, update and delete each have their own."""
    seen: list[tuple[str, float | None]] = []
    session = bench.provider.session

    def watched(*arguments: Any) -> Any:
        made = session(*arguments)
        for action in ("create", "update", "delete"):
            monkeypatch.setattr(made, action, _noting(action, getattr(made, action), seen))
        return made

    monkeypatch.setattr(bench.provider, "session", watched)
    limits = pulumi.CustomTimeouts(create="1m", update="2m", delete="3m")
    for specs in ({"a": "1"}, {"a": "2"}):
        bench.up(lambda specs=specs: router(specs, custom_timeouts=limits))  # type: ignore[misc]
    bench.up(nothing)
    assert seen == [("create", 60.0), ("update", 120.0), ("delete", 180.0)]


def _noting(action: str, work: Any, seen: list[tuple[str, float | None]]) -> Any:
    def noted(*arguments: Any, seconds: float | None, **more: Any) -> Any:
        seen.append((action, seconds))
        return work(*arguments, seconds=seconds, **more)

    return noted
