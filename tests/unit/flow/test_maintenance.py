"""Maintenance in plan and apply: what is shown, in which order it is done, what the ledger keeps of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_host_services import carried_server, compute_service
from small_hosts import host
from small_region import specs as region_specs
from small_region import tenant
from small_world import SmallWorld, outcome_of

from orchestrator.model.host_duty import MAINTENANCE
from orchestrator.model.maintenance import maintenance_step
from orchestrator.model.outcome import Status
from orchestrator.model.plan import Step, StepAction, StepKind, Trouble
from orchestrator.model.snapshot import PLACEMENT
from orchestrator.model.specs import Specs
from orchestrator.reporting.plan_json import plan_from_json, plan_to_json
from orchestrator.reporting.plan_markdown import plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text

STEP = maintenance_step("h0")


@pytest.fixture
def world() -> SmallWorld:
    """Three compute hosts; two servers stand on the first."""
    here = SmallWorld()
    here.running.known = [compute_service(f"h{n}") for n in range(3)]
    for name in ("web-1", "web-2"):
        server = carried_server(name, "h0")
        here.running.standing[server.id] = server
    return here


def specs(*, maintenance: bool = True) -> Specs:
    """The hosts are somebody else's to install: maintenance needs the cloud's API alone."""
    hosts = {f"h{n}": host(f"h{n}", n + 1, maintenance=maintenance and n == 0) for n in range(3)}
    return replace(region_specs(tenant("arcy")), hosts=hosts)


def duty(world: SmallWorld, *, maintenance: bool = True) -> Step:
    """The step of the host."""
    (found,) = (one for one in world.plan(specs(maintenance=maintenance)).plan.steps if one.name == STEP)
    return found


def test_a_plan_shows_what_leaves_and_writes_nothing(world: SmallWorld) -> None:
    """Service by service, server by server with its tenant, from where to where."""
    plan = world.plan(specs()).plan
    shown = plan_to_text(plan)
    assert "maintenance/h0: leave duty (maintenance: true)" in shown
    assert "~ nova-compute on h0: status enabled -> disabled (mutualis: maintenance)" in shown
    assert "> server web-1 (arcy): h0 -> h" in shown
    assert "2 servers to move" in shown
    assert "web-1 (arcy)" in plan_to_markdown(plan)
    assert plan_from_json(plan_to_json(plan)) == plan
    assert world.running.calls == []


def test_apply_empties_the_host_first_and_the_next_plan_is_empty(world: SmallWorld) -> None:
    """The ledger knows the host as long as it is out of duty."""
    report = world.apply(specs())
    assert report.outcomes[0].step == STEP
    assert dict(report.outcomes[0].counts) == {"disabled": 1, "moved": 2}
    assert not report.failed
    again = world.plan(specs()).plan
    assert again.steps == ()
    assert any(one.name == STEP and "carries nothing" in one.reason for one in again.untaken)


def test_back_in_duty_only_ours_is_enabled_and_the_ledger_forgets(world: SmallWorld) -> None:
    """Once it is back, nothing is asked about it any more."""
    world.apply(specs())
    report = world.apply(specs(maintenance=False))
    assert dict(outcome_of(report, STEP).counts) == {"enabled": 1}
    assert STEP not in world.ledger.read()
    assert world.plan(specs(maintenance=False)).plan.steps == ()


def test_a_host_that_cannot_be_emptied_breaks_its_own_step_alone(world: SmallWorld) -> None:
    """The plan says what is missing; apply does nothing to it, and the tenant is built."""
    for server in list(world.running.standing.values()):
        world.running.standing[server.id] = replace(server, vcpus=99)
    assert duty(world).trouble is Trouble.PERMANENT
    assert "198 vcpus" in duty(world).problem
    report = world.apply(specs())
    assert outcome_of(report, STEP).status is Status.FAILED
    assert outcome_of(report, "tenant/arcy").status is Status.DONE
    assert world.running.known[0].enabled


def test_servers_that_come_and_go_are_no_other_plan(world: SmallWorld) -> None:
    """What is reviewed is that the host leaves its duty; members go on meanwhile."""
    before = world.plan(specs()).plan.digest
    world.running.standing.pop("id-web-2")
    assert world.plan(specs()).plan.digest == before


def test_what_could_not_leave_is_tried_again(world: SmallWorld) -> None:
    """The step has failed with the server's name, and the next apply takes it up."""
    world.running.refused = {("web-1", target): "no CPU match" for target in ("h1", "h2")}
    failed = outcome_of(world.apply(specs()), STEP)
    assert [(one.resource, one.cause) for one in failed.failures] == [("server web-1 of arcy", "no CPU match")]
    world.running.refused = {}
    assert dict(outcome_of(world.apply(specs()), STEP).counts) == {"moved": 1}


def test_a_host_that_the_ledger_does_not_know_is_recorded(world: SmallWorld) -> None:
    """After the loss of the ledger: nothing is done, and it will be enabled once its maintenance is over."""
    world.running.standing.clear()
    world.running.known[0] = compute_service("h0", enabled=False, reason=MAINTENANCE)
    assert duty(world).action is StepAction.RECORD
    world.apply(specs())
    assert world.running.calls == []
    assert duty(world, maintenance=False).action is StepAction.RETURN


def test_a_cloud_that_does_not_answer_is_the_steps_problem(world: SmallWorld) -> None:
    """Worth a retry; whatever else the plan has is shown."""
    world.carrying.fail(PLACEMENT, "503")
    step = duty(world)
    assert (step.kind, step.trouble) == (StepKind.MAINTENANCE, Trouble.TEMPORARY)
    assert outcome_of(world.apply(specs()), STEP).failures[0].temporary


def test_a_stopped_run_leaves_the_rest_waiting(world: SmallWorld) -> None:
    """Ctrl-C while servers leave: what is on its way arrives, the next apply does the rest."""
    world.running.on_look = lambda: (
        world.stop.set() if world.running.calls[-1:] != ["disable h0 nova-compute"] else None
    )
    for number in range(3, 6):
        server = carried_server(f"web-{number}", "h0")
        world.running.standing[server.id] = server
    assert outcome_of(world.apply(specs()), STEP).status is Status.WAITING
    world.running.on_look = lambda: None
    world.restart()
    assert outcome_of(world.apply(specs()), STEP).status is Status.DONE
    assert {one.host for one in world.running.standing.values()} == {"h1", "h2"}


def test_without_a_host_in_maintenance_the_cloud_is_not_asked(world: SmallWorld) -> None:
    """A plan with nothing to do needs no cloud."""
    world.plan(specs())
    before, world.running.asked = world.running.asked, 0
    steps = world.plan(specs(maintenance=False)).plan.steps
    assert StepKind.MAINTENANCE not in {one.kind for one in steps}
    assert before > 0 == world.running.asked
