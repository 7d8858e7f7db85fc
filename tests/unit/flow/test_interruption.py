"""Stopping and dying in the middle: what is lasting lets the next run finish."""

from __future__ import annotations

import pytest
from power_cut import PowerCutError, cut_power
from small_region import specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.model.outcome import Status

WRITTEN = specs(tenant("caen"), tenant("vire"))


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def interrupted_in_caen(world: SmallWorld) -> None:
    def on_resource(stack: str, resource: str) -> None:
        if (stack, resource) == ("caen", "quotas:main"):
            world.interrupt()

    world.engine.before = on_resource


def test_interrupted_step_and_the_steps_after_it_are_waiting(world: SmallWorld) -> None:
    """What was under way stops at a resource's border; what comes after is not begun."""
    interrupted_in_caen(world)
    report = world.apply(WRITTEN)
    assert {outcome.step: outcome.status for outcome in report.outcomes} == {
        "region": Status.DONE,
        "tenant/caen": Status.WAITING,
        "tenant/vire": Status.WAITING,
    }
    assert report.failed
    assert set(world.engine.held["caen"]) == {"project:main"}
    assert ("build", "vire") not in world.engine.calls


def test_next_apply_finishes_what_was_interrupted(world: SmallWorld) -> None:
    """The half-made tenant gets what is missing, and no more."""
    interrupted_in_caen(world)
    world.apply(WRITTEN)
    made = len(world.engine.held["caen"])
    world.restart()
    report = world.apply(WRITTEN)
    assert not report.failed
    assert outcome_of(report, "tenant/caen").counts == {"create": len(world.engine.held["caen"]) - made}
    assert world.plan(WRITTEN).plan.steps == ()


def test_interruption_during_the_region_makes_the_tenants_wait(world: SmallWorld) -> None:
    """They were not skipped for a failure: the same command goes on."""

    def on_resource(stack: str, resource: str) -> None:
        world.interrupt()

    world.engine.before = on_resource
    report = world.apply(WRITTEN)
    assert {outcome.status for outcome in report.outcomes} == {Status.WAITING}


def test_run_stopped_before_it_began_touches_nothing(world: SmallWorld) -> None:
    """Every step waits and says so."""
    world.stop.set()
    report = world.apply(WRITTEN)
    assert world.engine.held == {}
    assert {outcome.status for outcome in report.outcomes} == {Status.WAITING}
    assert world.ledger.history == []


def test_step_is_marked_unfinished_before_the_world_is_touched(world: SmallWorld) -> None:
    """Whoever dies from here on leaves an entry that vouches for nothing."""
    seen: dict[str, str] = {}

    def on_resource(stack: str, resource: str) -> None:
        step = stack if stack == "region" else f"tenant/{stack}"
        seen.setdefault(stack, world.ledger.read()[step].digest)

    world.engine.before = on_resource
    world.apply(WRITTEN)
    assert seen == {"region": "", "caen": "", "vire": ""}


def test_started_stands_in_the_journal_before_the_world_is_touched(world: SmallWorld) -> None:
    """The journal tells which step was under way when the process died."""
    cut_power(world, "caen", "quotas:main")
    with pytest.raises(PowerCutError):
        world.apply(WRITTEN)
    assert ("started", "tenant/caen") in world.journal.events
    assert ("finished", "tenant/caen") not in world.journal.events


def test_killed_step_is_looked_at_again(world: SmallWorld) -> None:
    """After sudden death in a tenant that was applied before, the next plan does not trust the old record."""
    world.apply(WRITTEN)
    changed = specs(tenant("caen", display_name="Caen la mer"), tenant("vire"))
    world.engine.held["caen"].pop("quotas:main")
    cut_power(world, "caen", "quotas:main")
    with pytest.raises(PowerCutError):
        world.apply(changed)
    world.restart()
    (step,) = world.plan(WRITTEN).plan.steps
    assert (step.name, step.reason) == ("tenant/caen", "its last apply did not finish")
    assert not world.apply(WRITTEN).failed
    assert world.plan(WRITTEN).plan.steps == ()


def test_killed_region_keeps_its_ids_for_the_tenants(world: SmallWorld) -> None:
    """A region step that dies must not make every tenant look changed."""
    world.apply(WRITTEN)
    world.program = "program-2"
    before = world.ledger.read()["region"].outputs
    world.engine.held["region"].pop("image:debian")
    cut_power(world, "region", "image:debian")
    with pytest.raises(PowerCutError):
        world.apply(WRITTEN)
    assert world.ledger.read()["region"].digest == ""
    assert world.ledger.read()["region"].outputs == before
