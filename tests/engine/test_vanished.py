"""Updates of objects that somebody deleted behind our back."""

from __future__ import annotations

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def program(description: str) -> None:
    parent = openstack.networking.Network("n", name="n1", description=description)
    openstack.networking.Router("r", name="r1", value_specs={"net": parent.id})


def test_an_update_of_what_is_gone_makes_it_anew(bench: Bench) -> None:
    """Under the same name, told as such; what stands on it follows, and a preview before knows nothing of it."""
    bench.up(lambda: program("a"))
    before = bench.recorded()["n"]["id"]
    with bench.cloud.change() as objects:
        del objects[before]
    bench.calls()
    assert bench.up(lambda: program("a")) == {"same": 3}
    events: list[auto.EngineEvent] = []
    changes = bench.stack(lambda: program("b")).up(on_event=events.append).summary.resource_changes
    assert changes == {"same": 1, "create": 1, "update": 1}
    assert bench.calls() == [("create", "Network"), ("update", "Router")]
    told = [
        e.diagnostic_event.message for e in events if e.diagnostic_event and e.diagnostic_event.severity == "warning"
    ]
    assert len(told) == 1
    assert f"{before} was deleted behind our back and is made anew" in told[0]
    assert bench.recorded()["r"]["inputs"]["valueSpecs"] == {"net": bench.recorded()["n"]["id"]}
    assert bench.up(lambda: program("b")) == {"same": 3}


def test_an_update_that_fails_for_another_reason_makes_nothing(bench: Bench) -> None:
    """What is still there is not made twice."""
    bench.up(lambda: program("a"))
    bench.faults.refuse_update.add("n1")
    with pytest.raises(auto.CommandError, match="409"):
        bench.up(lambda: program("b"))
    assert len(bench.cloud.named("n1")) == 1
