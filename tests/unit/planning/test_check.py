"""What a whole plan must keep to before anything acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_region import DAY, region

from orchestrator.model.plan import Operation, PropertyChange, ResourceChange, Step, StepAction, StepKind
from orchestrator.model.region import Deletion, FreezeWindow
from orchestrator.planning.check import SUBNET, VOLUME, deletions, refusals

DAYS = dt.timedelta(days=1)


def step(name: str, *operations: Operation) -> Step:
    changes = tuple(
        ResourceChange(operation=operation, kind="fake:thing", name=f"{name}-{number}", urn=f"urn:{name}:{number}")
        for number, operation in enumerate(operations)
    )
    return Step(
        name=name,
        kind=StepKind.TENANT,
        action=StepAction.BUILD,
        reason="its inputs changed",
        digest="d",
        changes=changes,
    )


def test_replaced_objects_count_as_deleted() -> None:
    """A replaced server loses its disk as a deleted one does."""
    steps = (
        step("tenant/a", Operation.REPLACE, Operation.CREATE),
        step("tenant/b", Operation.DELETE, Operation.UPDATE),
    )
    assert deletions(steps) == 2


def test_deletions_within_the_budget_pass() -> None:
    """The budget itself may be used up."""
    steps = (step("tenant/a", Operation.DELETE, Operation.DELETE),)
    assert refusals(region(deletion=Deletion(budget=2)), steps, DAY) == ()


def test_deletions_over_the_budget_are_refused() -> None:
    """The refusal says how many, where, and how many are allowed."""
    steps = (step("tenant/a", Operation.DELETE, Operation.REPLACE), step("tenant/b", Operation.CREATE))
    (refusal,) = refusals(region(deletion=Deletion(budget=1)), steps, DAY)
    assert "2 objects would be deleted or replaced (tenant/a 2)" in refusal
    assert "deletion budget is 1" in refusal
    assert "Region loire" in refusal


@pytest.mark.parametrize(("offset", "frozen"), [(-1, False), (0, True), (3, True), (4, False)])
def test_freeze_window_refuses_from_its_first_to_its_last_day(offset: int, frozen: bool) -> None:  # noqa: FBT001 parametrised
    """Both ends are included."""
    window = FreezeWindow(start=DAY, end=DAY + 3 * DAYS, reason="elections")
    found = refusals(region(freeze_windows=(window,)), (step("tenant/a", Operation.UPDATE),), DAY + offset * DAYS)
    assert bool(found) is frozen
    assert all("elections" in refusal for refusal in found)


def test_freeze_window_lets_an_idle_plan_pass() -> None:
    """Bringing the ledger up to date touches nothing."""
    window = FreezeWindow(start=DAY, end=DAY, reason="elections")
    assert refusals(region(freeze_windows=(window,)), (step("tenant/a"),), DAY) == ()


def test_a_subnet_is_not_replaced_in_place() -> None:
    """Neutron would refuse half-way; the refusal says which network and what to do instead."""
    one = step("tenant/a", Operation.REPLACE)
    subnet = replace(one.changes[0], kind=SUBNET, name="main/front")
    (refusal,) = refusals(region(deletion=Deletion(budget=5)), (replace(one, changes=(subnet,)),), DAY)
    assert "tenant/a: the address range of network main/front cannot change in place" in refusal
    assert "add a network with the new range" in refusal


@pytest.mark.parametrize(("old", "new", "refused"), [("100", "50", True), ("100", "120", False), ("9", "10", False)])
def test_a_volume_does_not_shrink(old: str, new: str, refused: bool) -> None:  # noqa: FBT001 parametrised
    """Cinder would refuse half-way, after other changes were made."""
    size = PropertyChange(path="size", old=old, new=new)
    one = step("tenant/a", Operation.UPDATE)
    volume = replace(one.changes[0], kind=VOLUME, name="main/archive", properties=(size,))
    found = refusals(region(), (replace(one, changes=(volume,)),), DAY)
    assert bool(found) is refused
    assert all("volume main/archive cannot shrink from 100 to 50 GiB" in refusal for refusal in found)
