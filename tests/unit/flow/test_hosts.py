"""A region that is installed by its specs: hosts by turns, then what stands on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_host_applier import BROKEN_TASK, TASKS
from power_cut import PowerCutError
from small_hosts import control, host, installed
from small_region import DAY, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.errors import PermanentFailure, PolicyRefusal
from orchestrator.flow.as_reviewed import refuse_unless_applicable, refuse_unless_reviewed
from orchestrator.model.installation import Rolling
from orchestrator.model.outcome import RunReport, Status
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.region import FreezeWindow
from orchestrator.model.specs import Specs

TURNS = Rolling(compute_at_once=2, stop_after=1)
HOSTS = (control("c1", 1), *(host(f"h{number}", 10 + number) for number in range(1, 6)))
WRITTEN = installed(*HOSTS, tenants=(tenant("caen"),), rolling=TURNS)
COMPUTE = ("h1", "h2", "h3", "h4", "h5")


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


@pytest.fixture
def running(world: SmallWorld) -> SmallWorld:
    """Everything applied once."""
    assert not world.apply(WRITTEN).failed
    world.restart()
    return world


def statuses(report: RunReport) -> dict[str, Status]:
    return {outcome.step: outcome.status for outcome in report.outcomes}


def renamed(written: Specs) -> Specs:
    """The same region with another setting that concerns every host, and nothing else."""
    installation = written.region.installation
    assert installation
    return replace(written, region=replace(written.region, installation=replace(installation, timezone="Europe/Paris")))


def test_bare_machines_become_a_region_with_its_tenants_in_one_run(world: SmallWorld) -> None:
    """Control host, the others at once, the region, the tenant; nothing is asked of a cloud that is not there."""
    planned = world.plan(WRITTEN)
    assert world.engine.calls == []
    assert [(step.name, step.batch, step.later) for step in planned.plan.steps] == [
        ("host/c1", 1, False),
        *((f"host/{name}", 2, False) for name in COMPUTE),
        ("region", 0, True),
        ("tenant/caen", 0, True),
    ]
    report = world.carry_out(planned)
    assert set(statuses(report).values()) == {Status.DONE}
    assert world.hosts.calls == [("apply", ("c1",)), ("apply", COMPUTE)]
    assert world.engine.calls == [("build", "region"), ("build", "caen")]


def test_applying_twice_does_nothing_the_second_time(running: SmallWorld) -> None:
    """No machine is touched, no program runs."""
    plan = running.plan(WRITTEN).plan
    assert (plan.empty, plan.steps) == (True, ())
    assert running.apply(WRITTEN).outcomes == ()
    assert (running.hosts.calls, running.engine.calls) == ([], [])


def test_hosts_that_carry_servers_take_turns(running: SmallWorld) -> None:
    """Two at a time, as the spec says, after the control host; what stands on them is not built again."""
    report = running.apply(renamed(WRITTEN))
    assert running.hosts.calls == [
        ("apply", ("c1",)),
        ("apply", ("h1", "h2")),
        ("apply", ("h3", "h4")),
        ("apply", ("h5",)),
    ]
    assert not report.failed
    assert running.engine.calls == []


def test_a_failing_host_stops_no_neighbour_and_no_later_turn_begins(running: SmallWorld) -> None:
    """The rest is skipped and says why; the next run goes on with what is left."""
    running.hosts.failing = {"h1"}
    report = running.apply(renamed(WRITTEN))
    assert statuses(report) == {
        "host/c1": Status.DONE,
        "host/h1": Status.FAILED,
        "host/h2": Status.DONE,
        "host/h3": Status.SKIPPED,
        "host/h4": Status.SKIPPED,
        "host/h5": Status.SKIPPED,
    }
    assert outcome_of(report, "host/h3").note == "not begun after 1 failed host"
    assert outcome_of(report, "host/h1").failures == (BROKEN_TASK,)
    assert outcome_of(report, "host/h1").changed == TASKS[:1]
    running.restart()
    running.hosts.failing.clear()
    assert not running.apply(renamed(WRITTEN)).failed
    assert running.hosts.calls == [("apply", ("h1", "h3")), ("apply", ("h4", "h5"))]


def test_as_many_hosts_may_fail_as_the_spec_says(running: SmallWorld) -> None:
    """Over all turns together."""
    running.hosts.failing = {"h1", "h3"}
    assert renamed(WRITTEN).region.installation
    written = installed(*HOSTS, tenants=(tenant("caen"),), rolling=replace(TURNS, stop_after=2), locale="fr_FR.UTF-8")
    report = running.apply(written)
    assert [name for name, status in statuses(report).items() if status is Status.SKIPPED] == ["host/h5"]


def test_a_host_out_of_reach_is_told_as_such_and_is_worth_another_try(running: SmallWorld) -> None:
    """Nothing is known of it: the next run looks again."""
    running.hosts.away = {"h5"}
    report = running.apply(renamed(WRITTEN))
    assert outcome_of(report, "host/h5").status is Status.UNREACHABLE
    assert (report.failed, report.only_temporary) == (True, True)
    assert [step.name for step in running.plan(renamed(WRITTEN)).plan.steps] == ["host/h5"]


def test_a_failing_compute_host_does_not_hold_the_region_back(world: SmallWorld) -> None:
    """Its step says who is missing: aggregates name hosts."""
    world.hosts.failing = {"h2"}
    report = world.apply(WRITTEN)
    assert statuses(report)["region"] is statuses(report)["tenant/caen"] is Status.DONE
    assert outcome_of(report, "region").note == "not set up: h2"


def test_a_failing_control_host_holds_everything_back(world: SmallWorld) -> None:
    """The other control hosts first of all."""
    written = installed(control("c1", 1), control("c2", 2), host("h1", 11), tenants=(tenant("caen"),),
                        rolling=replace(TURNS, stop_after=9))  # fmt: skip
    world.hosts.failing = {"c1"}
    report = world.apply(written)
    assert statuses(report) == {
        "host/c1": Status.FAILED,
        "host/c2": Status.SKIPPED,
        "host/h1": Status.SKIPPED,
        "region": Status.SKIPPED,
        "tenant/caen": Status.SKIPPED,
    }
    assert outcome_of(report, "region").note == "control host c1 is not set up"
    assert (world.hosts.calls, world.engine.calls) == ([("apply", ("c1",))], [])


def test_what_concerns_no_host_is_the_failure_of_each_of_the_batch(world: SmallWorld) -> None:
    """Secrets that cannot be opened stop the first host, and all that stands on it."""
    world.hosts.broken = PermanentFailure("cannot open the secrets", hint="set the passphrase")
    report = world.apply(WRITTEN)
    (failure,) = outcome_of(report, "host/c1").failures
    assert (failure.cause, failure.hint, failure.temporary) == ("cannot open the secrets", "set the passphrase", False)
    assert statuses(report)["tenant/caen"] is Status.SKIPPED


def test_the_run_after_a_kill_finishes_the_work(world: SmallWorld) -> None:
    """What was whole is left alone; what was under way is done again, side by side as nothing is on it yet."""

    def cut(name: str) -> None:
        if name == "h3":
            raise PowerCutError

    world.hosts.before = cut
    with pytest.raises(PowerCutError):
        world.apply(WRITTEN)
    last = world.journal.last()
    assert last is not None
    assert statuses(last) == {"host/c1": Status.DONE, **{f"host/{name}": Status.WAITING for name in COMPUTE}}
    world.restart()
    plan = world.plan(WRITTEN).plan
    assert {step.reason for step in plan.steps if step.batch} == {"its last apply did not finish"}
    assert not world.apply(WRITTEN).failed
    assert world.hosts.calls == [("apply", COMPUTE)]
    assert world.plan(WRITTEN).plan.steps == ()


def test_an_interrupted_run_waits(world: SmallWorld) -> None:
    """The host under way is cut off at a task's border, the rest is not begun."""

    def stop(name: str) -> None:
        if name == "h2":
            world.interrupt()

    world.hosts.before = stop
    found = statuses(world.apply(WRITTEN))
    assert (found["host/h1"], found["host/h2"], found["host/h3"]) == (Status.DONE, Status.WAITING, Status.WAITING)
    assert (found["region"], found["tenant/caen"]) == (Status.WAITING, Status.WAITING)
    world.restart()
    assert not world.apply(WRITTEN).failed


def test_progress_is_told_of_every_task(world: SmallWorld) -> None:
    """Under the host's step."""
    world.apply(WRITTEN)
    assert ("host/h1", "changed", TASKS[0]) in world.progress.resources


def test_a_host_whose_file_is_gone_is_left_as_it_is(running: SmallWorld) -> None:
    """A missing file removes nothing."""
    fewer = installed(*HOSTS[:-1], tenants=(tenant("caen"),), rolling=TURNS)
    plan = running.plan(fewer).plan
    assert "host/h5" not in {step.name for step in plan.steps}
    assert "the machine stays as it is" in {one.name: one.reason for one in plan.untaken}["host/h5"]


def test_hosts_of_a_region_that_somebody_else_installs_have_no_steps() -> None:
    """Nothing is asked of who sets up hosts; there need not be any."""
    world = SmallWorld()
    written = replace(specs(tenant("caen")), hosts={one.name: one for one in HOSTS})
    assert [step.name for step in world.plan(written).plan.steps] == ["region", "tenant/caen"]
    assert not world.apply(written).failed
    assert world.hosts.calls == []


def test_a_host_whose_certificate_ends_is_set_up_again(running: SmallWorld) -> None:
    """Though nobody changed anything."""
    running.hosts.ending = {"h2": "its certificate ends"}
    assert [(step.name, step.reason) for step in running.plan(WRITTEN).plan.steps] == [
        ("host/h2", "its certificate ends")
    ]


def test_other_roles_are_another_plan(running: SmallWorld) -> None:
    """A plan is refused that was reviewed with other playbooks than there are now."""
    reviewed = running.plan(renamed(WRITTEN)).plan
    running.hosts.version = "roles-2"
    with pytest.raises(PolicyRefusal):
        refuse_unless_reviewed(reviewed, running.plan(renamed(WRITTEN)).plan)


def test_hosts_are_left_alone_in_a_freeze_window(world: SmallWorld) -> None:
    """As the cloud is, though no resource is shown of them."""
    frozen = replace(WRITTEN, region=replace(WRITTEN.region, freeze_windows=(FreezeWindow(
        start=DAY, end=DAY, reason="elections"),)))  # fmt: skip
    with pytest.raises(PolicyRefusal, match="elections"):
        refuse_unless_applicable(world.plan(frozen).plan)


def test_a_cloud_that_is_there_shows_what_would_change(running: SmallWorld) -> None:
    """Pending hosts are no reason not to look."""
    running.ledger.record(LedgerEntry(step="host/c1", digest="", applied_at="2026", resources=0, outputs={}))
    more = installed(*HOSTS, tenants=(tenant("caen"), tenant("vire")), rolling=TURNS)
    plan = running.plan(more).plan
    assert [(step.name, step.later) for step in plan.steps] == [("host/c1", False), ("tenant/vire", False)]
    assert plan.steps[-1].changes
