"""Two plans beside each other: what differs, and nothing that is alike."""

from __future__ import annotations

from dataclasses import replace

from plan_steps import change, plan_of, prop, step

from orchestrator.model.plan import Operation, StepAction
from orchestrator.model.plan_comparison import Standing, StepDifference
from orchestrator.planning.comparison import compared
from orchestrator.reporting.comparison_text import comparison_to_text

WEB = change(Operation.CREATE, "web")
LAN = change(Operation.UPDATE, "lan", prop("cidr", "10.0.0.0/24", "10.1.0.0/24"))


def test_the_same_plan_differs_in_nothing() -> None:
    """All its steps are alike."""
    plan = plan_of(step("tenant/caen", WEB), step("tenant/vire", LAN))
    found = compared(plan, plan)
    assert (found.steps, found.alike, found.reordered) == ((), 2, False)


def test_steps_of_one_plan_alone_are_told_with_what_they_do() -> None:
    """Those that were reviewed and are not to be done come first."""
    found = compared(plan_of(step("tenant/caen", WEB)), plan_of(step("tenant/vire", LAN)))
    assert [(one.step, one.standing, one.reviewed, one.now) for one in found.steps] == [
        ("tenant/caen", Standing.ONLY_REVIEWED, "build: 1 create", ""),
        ("tenant/vire", Standing.ONLY_NOW, "", "build: 1 update"),
    ]
    assert found.steps[0].differences == (StepDifference(kind=WEB.kind, name="web", reviewed="create", now=""),)


def test_a_property_with_another_value_is_told_by_its_path() -> None:
    """Both values, and whether it replaces the resource."""
    other = change(Operation.UPDATE, "lan", replace(prop("cidr", "10.0.0.0/24", "10.2.0.0/24"), replaces=True))
    found = compared(plan_of(step("tenant/caen", LAN)), plan_of(step("tenant/caen", other)))
    (difference,) = found.steps[0].differences
    assert (difference.field, difference.reviewed, difference.now) == (
        "cidr",
        "10.0.0.0/24 -> 10.1.0.0/24",
        "10.0.0.0/24 -> 10.2.0.0/24 (replaces)",
    )


def test_another_operation_on_a_resource_is_one_difference() -> None:
    """Its properties are of no interest then."""
    other = replace(LAN, operation=Operation.REPLACE)
    found = compared(plan_of(step("tenant/caen", LAN)), plan_of(step("tenant/caen", other)))
    assert [(one.reviewed, one.now) for one in found.steps[0].differences] == [("update", "replace")]


def test_facts_of_a_step_are_told_by_name() -> None:
    """Its action, its reason and its inputs."""
    was = step("tenant/caen", WEB)
    now = replace(was, action=StepAction.RETIRE, reason="state is retired", digest="retired", wanted="")
    found = compared(plan_of(was), plan_of(now))
    assert [one.field for one in found.steps[0].differences] == ["action", "reason", "inputs"]


def test_only_the_order_may_differ() -> None:
    """It is part of what was reviewed."""
    one, two = step("host/a"), step("host/b")
    found = compared(plan_of(one, two), plan_of(two, one))
    assert (found.reordered, found.steps) == (True, ())
    assert "in another order" in comparison_to_text(found)


def test_people_see_both_sides_of_each_difference_in_one_line() -> None:
    """Three columns: what, as reviewed, as it would be now."""
    other = change(Operation.UPDATE, "lan", prop("cidr", "10.0.0.0/24", "10.2.0.0/24"))
    text = comparison_to_text(
        compared(
            plan_of(step("tenant/caen", LAN), step("tenant/vire", WEB)),
            plan_of(step("tenant/caen", other)),
        )
    )
    assert text.startswith("Steps: 1 only in the reviewed plan, 1 changed, 0 alike.\n")
    (line,) = (line for line in text.splitlines() if "cidr" in line)
    assert line.split("  ")[0] == ""
    assert line.index("10.1.0.0/24") < line.index("10.2.0.0/24")
    (gone,) = (line for line in text.splitlines() if line.startswith("tenant/vire"))
    assert gone.split() == ["tenant/vire", "build:", "1", "create", "-"]


def test_a_flood_of_differences_is_counted() -> None:
    """Nobody reads a thousand lines; JSON has them."""
    many = tuple(change(Operation.CREATE, f"s{number}") for number in range(30))
    text = comparison_to_text(compared(plan_of(step("tenant/caen", *many)), plan_of()))
    assert "and 10 more" in text
    assert "s19" in text
    assert "s20" not in text
