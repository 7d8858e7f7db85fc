"""What exists but never came up: the next run looks at it and does what it needs, and a preview says so."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from pulumi import automation as auto

from orchestrator.engine.provider import Condition


def network(description: str = "d", **options: object) -> Program:
    def program() -> None:
        kept = pulumi.ResourceOptions(**options)  # type: ignore[arg-type]  # whatever the test is about
        openstack.networking.Network("n", name="n1", description=description, opts=kept)

    return program


def failed(bench: Bench, condition: Condition, **options: object) -> str:
    """A network whose creation failed, and what became of it since; its id."""
    bench.faults.late_failure.add("n1")
    with pytest.raises(auto.CommandError, match="not ACTIVE"):
        bench.up(network(**options))
    bench.faults.late_failure.clear()
    bench.cloud.turn("n1", condition)
    bench.calls()
    return str(bench.recorded()["n"]["id"])


def test_what_came_up_meanwhile_is_kept(bench: Bench) -> None:
    """An update step clears the errors; the run after that has nothing to do."""
    identity = failed(bench, Condition.UP)
    assert bench.preview(network()) == {"same": 1, "update": 1}
    assert "initErrors" in bench.recorded()["n"]
    assert bench.up(network()) == {"same": 1, "update": 1}
    assert bench.recorded()["n"]["id"] == identity
    assert "initErrors" not in bench.recorded()["n"]
    assert bench.up(network()) == {"same": 2}


def test_what_is_broken_is_replaced(bench: Bench) -> None:
    """Deleted first, since its name, address and quota are taken; a preview shows the replacement."""
    identity = failed(bench, Condition.BROKEN)
    lines: list[str] = []
    assert bench.preview(network(), on_output=lines.append) == {"same": 1, "replace": 1}
    assert any("never came up" in line and "not ACTIVE" in line for line in lines)
    assert bench.calls() == []
    assert bench.up(network()) == {"same": 1, "replace": 1}
    assert bench.calls() == [("delete", "Network"), ("create", "Network")]
    assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]] != [identity]
    assert bench.up(network()) == {"same": 2}


def test_what_stays_broken_fails_with_the_service_s_words_each_time(bench: Bench) -> None:
    """Not with a remark about the object of the last run; and there is never more than one of them."""
    bench.faults.broken_create.add("n1")
    for _ in range(3):
        with pytest.raises(auto.CommandError, match=r"Network \(n\): error: n1 went to ERROR: no host"):
            bench.up(network())
        assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]]
    bench.faults.broken_create.clear()
    assert bench.up(network("smaller")) == {"same": 1, "replace": 1}
    assert bench.recorded()["n"]["outputs"]["description"] == "smaller"


def test_what_is_broken_and_protected_is_not_touched(bench: Bench) -> None:
    """Protection is the operator's word, even about what cannot be of use."""
    identity = failed(bench, Condition.BROKEN, protect=True)
    with pytest.raises(auto.CommandError, match="marked for protection"):
        bench.up(network(protect=True))
    assert bench.calls() == []
    assert bench.recorded()["n"]["id"] == identity


def test_what_is_gone_is_made_anew(bench: Bench) -> None:
    """Somebody tidied up: a create, from what the program says now."""
    identity = failed(bench, Condition.BROKEN)
    with bench.cloud.change() as objects:
        objects.clear()
    assert bench.preview(network("new")) == {"same": 1, "create": 1}
    assert bench.up(network("new")) == {"same": 1, "create": 1}
    assert bench.calls() == [("create", "Network")]
    assert bench.recorded()["n"]["id"] != identity
    assert "initErrors" not in bench.recorded()["n"]


def test_what_is_still_building_is_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same object, in an update step; a changed input is applied once it is up."""
    identity = failed(bench, Condition.BUILDING)
    assert bench.preview(network("new")) == {"same": 1, "update": 1}
    waits = []

    def waited(_self: object, id_: str) -> None:
        waits.append(id_)
        bench.cloud.turn("n1", Condition.UP)

    monkeypatch.setattr("engine_fake_cloud.FakeSession._wait_for", waited)
    assert bench.up(network("new")) == {"same": 1, "update": 1}
    assert waits == [identity]
    assert bench.recorded()["n"]["id"] == identity
    assert bench.recorded()["n"]["outputs"]["description"] == "new"
    assert "initErrors" not in bench.recorded()["n"]


@pytest.mark.parametrize("condition", [Condition.BROKEN, Condition.BUILDING])
def test_a_refresh_does_not_hide_that_it_never_came_up(bench: Bench, condition: Condition) -> None:
    """In Pulumi's own engine a refresh makes a server in ERROR look like any other."""
    failed(bench, condition)
    bench.stack(network()).refresh()
    assert "initErrors" in bench.recorded()["n"]
    bench.cloud.turn("n1", Condition.UP)
    bench.stack(network()).refresh()
    assert "initErrors" not in bench.recorded()["n"]
    assert bench.up(network()) == {"same": 2}


def test_it_goes_with_the_rest(bench: Bench) -> None:
    """A destroy needs no look at it."""
    failed(bench, Condition.BROKEN)
    bench.stack(network()).destroy()
    assert bench.cloud.objects() == {}
