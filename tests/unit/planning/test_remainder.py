"""What is left of a reviewed plan, and what goes beyond it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_steps import change, plan_of, prop, step

from orchestrator.model.plan import Operation, PropertyChange, Step, StepAction, Trouble
from orchestrator.planning.remainder import beyond

CREATE, UPDATE, REPLACE, DELETE = Operation
MOVED = prop("cidr", "10.0.0.0/24", "10.1.0.0/24")
REVIEWED = step("tenant/caen", change(CREATE, "web"), change(UPDATE, "lan", MOVED), change(DELETE, "old"))


def test_less_of_the_reviewed_steps_is_what_is_left() -> None:
    """A step that is done is gone; of another one some resources are; its reason and its digest have changed."""
    half = replace(REVIEWED, changes=REVIEWED.changes[2:], reason="its last apply did not finish", digest="other ids")
    assert beyond(plan_of(step("region", change(CREATE, "net")), REVIEWED), plan_of(half)) == ()
    assert beyond(plan_of(REVIEWED), plan_of()) == ()


@pytest.mark.parametrize(
    ("reviewed", "now"),
    [(CREATE, CREATE), (CREATE, REPLACE), (CREATE, UPDATE), (REPLACE, CREATE), (REPLACE, DELETE), (DELETE, DELETE)],
)
def test_half_of_an_operation_may_be_left(reviewed: Operation, now: Operation) -> None:
    """What was made and is not whole is mended; what is replaced goes and comes."""
    assert beyond(plan_of(step("region", change(reviewed, "a"))), plan_of(step("region", change(now, "a")))) == ()


@pytest.mark.parametrize(
    ("reviewed", "now"), [(CREATE, DELETE), (UPDATE, REPLACE), (UPDATE, DELETE), (DELETE, CREATE), (DELETE, UPDATE)]
)
def test_another_operation_was_not_reviewed(reviewed: Operation, now: Operation) -> None:
    """Named with its step."""
    said = beyond(plan_of(step("region", change(reviewed, "a"))), plan_of(step("region", change(now, "a"))))
    assert said == (f"region: {now.value} of a was not reviewed",)


def test_another_resource_was_not_reviewed() -> None:
    """Even in a step that was."""
    more = replace(REVIEWED, changes=(*REVIEWED.changes, change(DELETE, "mail")))
    assert beyond(plan_of(REVIEWED), plan_of(more)) == ("tenant/caen: delete of mail was not reviewed",)


def test_another_step_was_not_reviewed() -> None:
    """Unless it only brings the ledger up to date."""
    other = step("tenant/vire")
    assert beyond(plan_of(REVIEWED), plan_of(other)) == ("tenant/vire was not reviewed",)
    assert beyond(plan_of(REVIEWED), plan_of(replace(other, action=StepAction.RECORD))) == ()


@pytest.mark.parametrize(
    "now",
    [
        replace(REVIEWED, wanted="other specs"),
        replace(REVIEWED, action=StepAction.RETIRE),
        replace(REVIEWED, repair=True),
        replace(REVIEWED, wanted="", digest="digest"),
    ],
    ids=["specs", "retired", "repair", "no inputs"],
)
def test_a_step_that_is_to_become_something_else_was_not_reviewed(now: Step) -> None:
    """Though its resources are the same."""
    assert beyond(plan_of(REVIEWED), plan_of(now)) == ("tenant/caen is to become something else than was reviewed",)


@pytest.mark.parametrize(
    "moved",
    [prop("cidr", "10.9.0.0/24", "10.1.0.0/24"), prop("cidr", "10.0.0.0/24", "10.2.0.0/24"), prop("name", "a", "b")],
    ids=["from elsewhere", "to elsewhere", "another property"],
)
def test_an_update_from_or_to_another_value_was_not_reviewed(moved: PropertyChange) -> None:
    """Somebody changed it meanwhile."""
    now = step("tenant/caen", change(UPDATE, "lan", moved))
    assert beyond(plan_of(REVIEWED), plan_of(now)) == ("tenant/caen: update of lan was not reviewed",)


def test_a_value_that_is_known_by_now_was_reviewed() -> None:
    """It could not be known before what it refers to was made."""
    reviewed = step("tenant/caen", change(UPDATE, "web", prop("image", "a", "(known after apply)")))
    now = step("tenant/caen", change(UPDATE, "web", prop("image", "a", "b")))
    assert beyond(plan_of(reviewed), plan_of(now)) == ()


@pytest.mark.parametrize("known", ["b1:*,c1:*", "(known after apply)"])
def test_a_list_that_is_half_written_was_reviewed(known: str) -> None:
    """A container opened for two projects, one of them there: the first turn writes that one, the second both."""
    reviewed = step("tenant/caen", change(UPDATE, "scans", prop("containerRead", "", "(known after apply)")))
    now = step("tenant/caen", change(UPDATE, "scans", prop("containerRead", "b1:*", known)))
    assert beyond(plan_of(reviewed), plan_of(now)) == ()


def test_a_value_that_was_known_is_not_left_unknown() -> None:
    """Nobody could say any more what it becomes."""
    reviewed = step("tenant/caen", change(UPDATE, "scans", prop("containerRead", "", "b1:*")))
    now = step("tenant/caen", change(UPDATE, "scans", prop("containerRead", "", "(known after apply)")))
    assert beyond(plan_of(reviewed), plan_of(now)) == ("tenant/caen: update of scans was not reviewed",)


def test_what_could_not_be_shown_was_not_reviewed() -> None:
    """Neither then nor now."""
    broken = replace(REVIEWED, changes=(), problem="image missing", trouble=Trouble.PERMANENT)
    assert beyond(plan_of(broken), plan_of(REVIEWED)) == ("tenant/caen could not be shown when it was reviewed",)
    assert beyond(plan_of(REVIEWED), plan_of(broken)) == ("tenant/caen cannot be shown now",)


def test_a_step_that_waited_for_its_hosts_was_reviewed_without_resources() -> None:
    """Nobody could have seen more."""
    later = replace(REVIEWED, changes=(), later=True)
    assert beyond(plan_of(later), plan_of(REVIEWED)) == ()
