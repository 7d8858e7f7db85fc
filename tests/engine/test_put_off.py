"""Updates that cannot be made before something else is gone: a limit below what is in use."""

from __future__ import annotations

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from pulumi import automation as auto

from orchestrator.engine.deploy import put_off


def limited(limit: str, *, with_server: bool) -> Program:
    def program() -> None:
        project = openstack.identity.Project("p", name="p1", description=limit)
        if with_server:
            openstack.networking.Network("n", name="n1", tenant_id=project.id)

    return program


@pytest.fixture
def shrinking(bench: Bench) -> Bench:
    """A project whose limit may be lowered only once its network is gone."""
    bench.up(limited("two", with_server=True))
    bench.faults.refuse_update_beside["p1"] = "n1"
    bench.calls()
    return bench


def test_a_limit_is_lowered_after_what_it_forbids_is_deleted(shrinking: Bench) -> None:
    """One run does both: the update is refused, the deletion made, the update asked for again."""
    assert shrinking.up(limited("one", with_server=False)) == {"same": 1, "update": 1, "delete": 1}
    assert shrinking.calls() == [("delete", "Network"), ("update", "Project")]
    assert shrinking.recorded()["p"]["outputs"]["description"] == "one"
    assert shrinking.up(limited("one", with_server=False)) == {"same": 2}


def test_a_limit_below_what_stays_is_a_failure(shrinking: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with the service's words, and the recorded value stays the one that holds."""
    monkeypatch.setattr(put_off, "PATIENCE", 0.0)
    with pytest.raises(auto.CommandError, match=r"Project \(p\): error: PUT .*: 400 n1 is in use"):
        shrinking.up(limited("one", with_server=True))
    assert shrinking.recorded()["p"]["outputs"]["description"] == "two"
    assert shrinking.stack().history()[0].result == "failed"
