"""Ctrl-C during a wait: the operation ends within seconds, and the next one goes on with the same object."""

from __future__ import annotations

import threading
import time

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.provider import Condition, Interrupted

LIMIT = 5.0  # seconds


def single() -> None:
    network = openstack.networking.Network("n", name="n1")
    openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr="10.0.0.0/24", ip_version=4)


def interrupted_while_waiting(bench: Bench) -> float:
    """An up that waits for what never gets ready, interrupted once it does; seconds from there to its end."""
    bench.faults.never_ready.add("n1")
    failures: list[str] = []

    def run() -> None:
        try:
            bench.up(single)
        except auto.CommandError as error:
            failures.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    while not bench.cloud.named("n1"):
        time.sleep(0.02)  # noqa: TID251  polls the cloud; the test has a limit
    begun = time.monotonic()
    bench.command.interrupt()
    thread.join(30)
    taken = time.monotonic() - begun
    assert "interrupted while waiting for" in failures[0]
    assert "run again to go on" in failures[0]
    bench.faults.never_ready.clear()
    bench.command = EmbeddedCommand(bench.provider)
    return taken


def test_a_wait_ends_at_once_and_its_object_is_recorded(bench: Bench) -> None:
    """Id and cause stand in the state; nothing that came after it was begun."""
    assert interrupted_while_waiting(bench) < LIMIT
    assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]]
    assert "the next run goes on from there" in bench.recorded()["n"]["initErrors"][0]
    assert set(bench.recorded()) == {"n"}


def test_the_next_run_goes_on_waiting(bench: Bench) -> None:
    """The same object, no second one."""
    interrupted_while_waiting(bench)
    identity = bench.recorded()["n"]["id"]
    timer = threading.Timer(0.3, bench.cloud.turn, ("n1", Condition.UP))
    timer.start()
    assert bench.up(single) == {"same": 1, "update": 1, "create": 1}
    timer.join()
    assert bench.recorded()["n"]["id"] == identity
    assert set(bench.recorded()) == {"n", "s"}


def test_an_interrupted_update_stays_open(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows whether it happened: the intent stays in the state with the id, and the next run looks."""

    def broken_off(*_: object, **__: object) -> None:
        bench.command.interrupt()
        raise Interrupted("the end of network n1")

    bench.up(single)
    identity = bench.recorded()["n"]["id"]
    monkeypatch.setattr("engine_fake_cloud.FakeSession.update", broken_off)
    with pytest.raises(auto.CommandError, match="interrupted while waiting for the end of network n1"):
        bench.up(lambda: openstack.networking.Network("n", name="n1", description="new") and None)
    assert [(p["type"], p["resource"]["id"]) for p in bench.pending()] == [("updating", identity)]
    monkeypatch.undo()
    bench.command = EmbeddedCommand(bench.provider)
    assert bench.up(single) == {"same": 3}
    assert bench.pending() == []
