"""Looking for drift: which stacks are compared, what counts, and what the record keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drift_cases import CAEN, REGION, UNREAD, VIRE
from fake_clock import FakeClock
from fake_drift_records import FakeDriftRecords
from fake_stack_comparison import FakeStackComparison
from small_region import specs, tenant

from orchestrator.errors import UsageError
from orchestrator.flow.drift import DriftWorld, drift_turn, find_drift
from orchestrator.model.drift import ComparedStack, Unseen

WRITTEN = specs(tenant("caen"), tenant("vire"), tenant("dieppe"))


def world_of(*stacks: ComparedStack, unseen: tuple[Unseen, ...] = ()) -> DriftWorld:
    comparison = FakeStackComparison(*stacks, unseen=unseen)
    return DriftWorld(comparison=comparison, records=FakeDriftRecords(), clock=FakeClock())


def asked(world: DriftWorld) -> list[tuple[str, ...]]:
    assert isinstance(world.comparison, FakeStackComparison)
    return world.comparison.asked


def test_the_whole_region_is_compared() -> None:
    """The region first; what was never applied is said, not compared."""
    world = world_of(VIRE, CAEN, REGION)
    report = find_drift(WRITTEN, world)
    assert asked(world) == [("region", "caen", "vire")]
    assert [one.tenant for one in report.stacks] == ["", "caen", "vire"]
    assert report.unapplied == ("dieppe",)
    assert report.complete
    assert report.drift == 3


def test_chosen_tenants_are_compared_alone() -> None:
    """A tenant that the specs do not know is a mistake of the command."""
    world = world_of(VIRE, CAEN, REGION)
    find_drift(WRITTEN, world, ["vire"])
    assert asked(world) == [("vire",)]
    with pytest.raises(UsageError):
        find_drift(WRITTEN, world, ["nobody"])


def test_numbers_are_recorded() -> None:
    """Of each stack; the member's own network is theirs."""
    world = world_of(VIRE, CAEN, REGION)
    find_drift(WRITTEN, world)
    record = world.records.read()
    assert record is not None
    assert (record.stacks["caen"].ours, record.stacks["caen"].theirs, record.stacks["vire"].ours) == (3, 1, 0)
    assert record.drift == 3
    assert record.seen_since


@pytest.mark.parametrize("unseen", [(), (Unseen(kind="list", name="network ports", cause="503"),)])
def test_what_could_not_be_looked_at_is_no_good_look(unseen: tuple[Unseen, ...]) -> None:
    """A stack, or a list: the record keeps what it knew, and the report is not complete."""
    world = world_of(UNREAD if not unseen else VIRE, unseen=unseen)
    report = find_drift(WRITTEN, world, ["vire"])
    record = world.records.read()
    assert not report.complete
    assert record is not None
    assert (record.complete, record.seen_since, dict(record.stacks)) == (False, "", {})


def test_turns_see_every_stack() -> None:
    """Those never seen first, then the longest unseen; three turns for three stacks, then the first again."""
    world = world_of(VIRE, CAEN, REGION)
    assert isinstance(world.clock, FakeClock)
    for _ in range(4):
        drift_turn(WRITTEN, world, turns=3)
        world.clock.forward(minutes=5)
    assert asked(world) == [("caen",), ("region",), ("vire",), ("caen",)]


def test_a_stack_that_is_no_more_leaves_the_record() -> None:
    """Its numbers would stand for ever."""
    world = world_of(VIRE, CAEN)
    find_drift(WRITTEN, world)
    find_drift(WRITTEN, replace(world, comparison=FakeStackComparison(VIRE)))
    record = world.records.read()
    assert record is not None
    assert set(record.stacks) == {"vire"}
