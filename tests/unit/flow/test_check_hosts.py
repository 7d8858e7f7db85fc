"""Asking hosts what would change: a look that changes neither hosts nor plan."""

from __future__ import annotations

import pytest
from fake_host_applier import TASKS
from small_hosts import control, host, installed
from small_region import specs, tenant
from small_world import SmallWorld

from orchestrator.cli.plan import exit_of
from orchestrator.errors import UsageError
from orchestrator.flow.as_reviewed import refuse_unless_reviewed
from orchestrator.flow.check_hosts import with_checks
from orchestrator.model.host_result import HostStatus
from orchestrator.model.plan import Plan
from orchestrator.model.specs import Specs
from orchestrator.reporting.plan_json import plan_from_json, plan_to_json

WRITTEN = installed(control("c1", 1), host("h1", 11))
MORE = installed(control("c1", 1), host("h1", 11, maintenance=True))


def checked(world: SmallWorld, written: Specs, *, every: bool = False) -> Plan:
    seen: list[tuple[str, str, str]] = []
    return with_checks(world.plan(written), world.world(), lambda *told: seen.append(told), every=every)


def test_only_hosts_with_a_step_are_asked() -> None:
    """Together; what they would change is told with its difference."""
    world = SmallWorld()
    world.apply(WRITTEN)
    world.hosts.calls.clear()
    plan = checked(world, MORE)
    assert world.hosts.calls == [("check", ("h1",))]
    assert [(one.host, [f"{change.role}: {change.task}" for change in one.changes]) for one in plan.checks] == [
        ("h1", list(TASKS))
    ]
    assert plan.checks[0].changes[0].diff


def test_every_host_is_asked_on_demand() -> None:
    """Also those that nothing would be done to: what somebody changed by hand shows there."""
    world = SmallWorld()
    world.apply(WRITTEN)
    world.hosts.held["c1"] = "changed by hand"
    plan = checked(world, WRITTEN, every=True)
    assert [(one.host, len(one.changes)) for one in plan.checks] == [("c1", 3), ("h1", 0)]
    assert plan.steps == ()


def test_nothing_is_written() -> None:
    """Neither on hosts nor in the ledger."""
    world = SmallWorld()
    checked(world, WRITTEN)
    assert (world.hosts.held, world.ledger.history, world.journal.events) == ({}, [], [])


def test_a_plan_with_and_without_the_look_is_one_plan() -> None:
    """The file of the one is applied as the other; the look comes back from the file as it went in."""
    world = SmallWorld()
    plan = checked(world, WRITTEN)
    assert plan_from_json(plan_to_json(plan)) == plan
    assert refuse_unless_reviewed(plan, world.plan(WRITTEN).plan) is None


def test_a_host_out_of_reach_is_said_and_is_worth_another_try() -> None:
    """Exit 4, as for a stack that could not be shown for now."""
    world = SmallWorld()
    world.hosts.away = {"h1"}
    plan = checked(world, WRITTEN)
    assert {one.host: one.status for one in plan.checks} == {"c1": HostStatus.DONE, "h1": HostStatus.UNREACHABLE}
    assert exit_of(plan, pending=10) == 4


def test_hosts_that_somebody_else_installs_are_not_asked() -> None:
    """It says why."""
    with pytest.raises(UsageError, match="not installed by its specs"):
        checked(SmallWorld(), specs(tenant("caen")))
