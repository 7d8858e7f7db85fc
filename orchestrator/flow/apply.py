"""Apply: carry out a plan's steps, record each, and go on when one breaks. Makes no choices of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from orchestrator.flow.act import Actor
from orchestrator.flow.act_hosts import HostActor
from orchestrator.flow.act_maintenance import MaintenanceActor
from orchestrator.flow.plan import Planned, World
from orchestrator.flow.recorder import Recorder
from orchestrator.flow.second_turn import second_turn
from orchestrator.flow.server_guard import ServerGuard
from orchestrator.flow.signed_ledger import SignedLedger
from orchestrator.flow.tenants import act_on_tenants
from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.outcome import Outcome, RunReport, Status
from orchestrator.model.plan import Step, StepAction, StepKind, host_of, host_step
from orchestrator.model.provenance import Provenance
from orchestrator.planning.host_steps import HostFacts, carriers
from orchestrator.ports import Journal, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What applying needs besides the world: records, progress, and the sign to stop.

    `planned_at`: when the plan was made that people saw, RFC 3339; `provenance`: where the run comes from.
    """

    journal: Journal
    progress: Progress
    stop: threading.Event
    planned_at: str = ""
    provenance: Provenance = field(default_factory=Provenance)


def apply_plan(planned: Planned, world: World, run: Run) -> RunReport:
    """Hosts out of duty, hosts by turns, hosts back in duty, the region, then tenants, several at once.

    A tenant whose network is used comes before who uses it. The caller holds the region's lock.
    """
    world = replace(world, ledger=SignedLedger(world.ledger, run.provenance))
    plan, started = planned.plan, world.clock.now()
    name = started.strftime("%Y%m%dT%H%M%S.%fZ")
    if plan.steps:  # a run with nothing to do leaves the report of the one before
        run.journal.begin(name, plan.digest, run.provenance)
    run.progress.begin(plan.steps)
    recorder = Recorder(clock=world.clock, journal=run.journal, progress=run.progress, stop=run.stop)
    outcomes = tuple(_outcomes(planned, world, recorder))
    report = RunReport(
        run=name,
        region=plan.region,
        plan_digest=plan.digest,
        started_at=started.isoformat(timespec="seconds"),
        finished_at=world.clock.now().isoformat(timespec="seconds"),
        outcomes=outcomes,
        untaken=len(plan.untaken),
        planned_at=run.planned_at,
        provenance=run.provenance,
    )
    if plan.steps:
        run.journal.end(report)
    return report


def _outcomes(planned: Planned, world: World, recorder: Recorder) -> Iterator[Outcome]:
    hosts, region, tenants = (
        [step for step in planned.plan.steps if step.kind is kind]
        for kind in (StepKind.HOST, StepKind.REGION, StepKind.TENANT)
    )
    yield from _duties(planned.plan.steps, StepAction.LEAVE, world, recorder)
    done = []
    for outcome in _hosts(hosts, planned, world, recorder):
        done.append(outcome)
        yield outcome
    yield from _duties(planned.plan.steps, StepAction.RETURN, world, recorder, done)
    if reason := _no_control(done, planned):
        yield from (_held_back(step, reason, recorder) for step in (*region, *tenants))
        return
    actor = Actor(planned, world, recorder)
    ended = [actor.act(step, _without(done)) for step in region]
    yield from ended
    if any(outcome.status is not Status.DONE for outcome in ended):
        yield from (_held_back(step, "the region step did not finish", recorder) for step in tenants)
        return
    with ThreadPoolExecutor(world.at_once, thread_name_prefix="step") as pool:
        first = act_on_tenants(tenants, planned.decisions, actor, pool)
        yield from second_turn(tenants, first, actor, pool)


def _duties(
    steps: Sequence[Step], action: StepAction, world: World, recorder: Recorder, hosts: Iterable[Outcome] = ()
) -> Iterator[Outcome]:
    """One host after the other. `hosts`: what came of their set-up; one that is not whole is given no servers."""
    if world.acting is None:
        return
    actor = MaintenanceActor(duties=world.acting, ledger=world.ledger, recorder=recorder)
    broken = {host_of(one.step) for one in hosts if one.status is not Status.DONE}
    for step in steps:
        if step.kind is StepKind.MAINTENANCE and _of(step) is action:
            held = host_in_maintenance(step.name) in broken
            yield actor.act(step, "its set-up did not finish" if held else "")


def _of(step: Step) -> StepAction:
    """A host that only has to be recorded as out of duty leaves it as well."""
    return StepAction.RETURN if step.action is StepAction.RETURN else StepAction.LEAVE


def _hosts(steps: Sequence[Step], planned: Planned, world: World, recorder: Recorder) -> Iterator[Outcome]:
    if not steps or not planned.hosts or not world.hosts:
        return iter(())
    actor = HostActor(
        facts=planned.hosts,
        decisions=planned.decisions,
        applier=world.hosts,
        ledger=world.ledger,
        recorder=recorder,
        guard=_guard(planned.hosts, world, recorder),
    )
    return actor.act(steps)


def _guard(facts: HostFacts, world: World, recorder: Recorder) -> ServerGuard | None:
    if world.acting is None:
        return None
    return ServerGuard(
        duties=world.acting,
        servers=facts.rolling.servers,
        carriers=carriers(facts, world.ledger.read()),
        ledger=world.ledger,
        stop=recorder.stop,
        seen=lambda host, word, what: recorder.progress.resource(host_step(host), word, what),
    )


def _no_control(hosts: Iterable[Outcome], planned: Planned) -> str:
    """Why nothing is built: a control host that is not whole. Others that failed take their own servers only."""
    control = planned.hosts.control if planned.hosts else frozenset()
    lost = [host for one in hosts if one.status is not Status.DONE and (host := host_of(one.step)) in control]
    return f"control host {lost[0]} is not set up" if lost else ""


def _without(hosts: Iterable[Outcome]) -> str:
    """What to know of the region's step: its aggregates name hosts that may not run yet."""
    lost = [host_of(one.step) for one in hosts if one.status is not Status.DONE]
    return f"not set up: {', '.join(lost)}" if lost else ""


def _held_back(step: Step, note: str, recorder: Recorder) -> Outcome:
    status = Status.WAITING if recorder.stop.is_set() else Status.SKIPPED
    return recorder.ended(Outcome(step=step.name, status=status, seconds=0.0, note=note))
