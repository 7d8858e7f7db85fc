"""Plan maintenance: ask the cloud about the hosts that are in maintenance or were, and show what would be done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from orchestrator.errors import MutualisError
from orchestrator.flow.failure import trouble_of
from orchestrator.flow.host_duties import HostDuties
from orchestrator.model.host_duty import COLD, LIVE, MAINTENANCE, HostService, ServerMove
from orchestrator.model.maintenance import Duty, DutyDecision, PlannedMove, maintenance_step
from orchestrator.model.plan import (
    Operation,
    PropertyChange,
    ResourceChange,
    Step,
    StepAction,
    StepKind,
    Trouble,
    Untaken,
)
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.maintenance import DutyFacts, concerned, decide_duties

NO_CLOUD = "there is no cloud yet that could take it out of duty; the next plan looks again"
SERVICE = "mutualis:host/service:Service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """What a plan says of hosts in maintenance, and of those that come back."""

    steps: tuple[Step, ...] = ()
    untaken: tuple[Untaken, ...] = ()


def plan_maintenance(specs: Specs, ledger: Collection[str], duties: HostDuties, *, absent: bool) -> Maintenance:
    """Writes nothing. A cloud that does not answer is a problem of each step; `absent`: there is none yet."""
    hosts = concerned(specs, ledger)
    if absent or not hosts:
        return Maintenance(untaken=tuple(Untaken(name=maintenance_step(name), reason=NO_CLOUD) for name in hosts))
    try:
        found = decide_duties(specs, hosts, _facts(specs, ledger, hosts, duties))
    except MutualisError as err:
        return Maintenance(steps=tuple(_unknown(specs, name, err) for name in hosts))
    return Maintenance(steps=tuple(_step(one, duties) for one in found.taken), untaken=found.untaken)


def _facts(specs: Specs, ledger: Collection[str], hosts: Sequence[str], duties: HostDuties) -> DutyFacts:
    leaving = [name for name in hosts if name in specs.hosts and specs.hosts[name].maintenance]
    return DutyFacts(
        services=duties.cloud.services(),
        servers={name: duties.cloud.servers(name) for name in leaving},
        left_behind={name: duties.cloud.left_behind(name) for name in leaving},
        recorded=ledger,
    )


def _step(decision: DutyDecision, duties: HostDuties) -> Step:
    """With where its servers would go. A host that cannot be emptied is its step's problem."""
    moves: tuple[ServerMove, ...] = ()
    problem, trouble = "", Trouble.NONE
    if decision.duty is Duty.LEAVE:
        try:
            duties.refuse_silent(decision.services, decision.host, decision.servers)
            moves = duties.moves(decision.host, decision.servers)
        except MutualisError as err:
            problem, trouble = trouble_of(err)
    shown = (*map(_shown, moves), *_unconfirmed(decision, duties)) if not problem else ()
    idle = not (decision.services or decision.servers or shown or problem)
    return Step(
        name=maintenance_step(decision.host),
        kind=StepKind.MAINTENANCE,
        action=StepAction.RECORD if idle else _action(decision.duty),
        reason="; ".join((decision.reason, *decision.kept)),
        digest=decision.duty.value,
        changes=tuple(_change(one, decision.duty) for one in decision.services),
        problem=problem,
        trouble=trouble,
        moves=shown,
    )


def _action(duty: Duty) -> StepAction:
    return StepAction.LEAVE if duty is Duty.LEAVE else StepAction.RETURN


def _unknown(specs: Specs, name: str, err: MutualisError) -> Step:
    host = specs.hosts.get(name)
    leaves = host is not None and host.maintenance
    problem, trouble = trouble_of(err)
    return Step(
        name=maintenance_step(name),
        kind=StepKind.MAINTENANCE,
        action=_action(Duty.LEAVE if leaves else Duty.RETURN),
        reason="the cloud was not asked",
        digest="",
        problem=problem,
        trouble=trouble,
    )


def _change(service: HostService, duty: Duty) -> ResourceChange:
    out = f"disabled ({MAINTENANCE})"
    old, new = ("enabled", out) if duty is Duty.LEAVE else (out, "enabled")
    return ResourceChange(
        operation=Operation.UPDATE,
        kind=SERVICE,
        name=f"{service.text} on {service.host}",
        urn=f"{SERVICE}::{service.binary.value}/{service.id}",
        properties=(PropertyChange(path="status", old=old, new=new),),
    )


def _unconfirmed(decision: DutyDecision, duties: HostDuties) -> Iterator[PlannedMove]:
    """Servers that have gone and left their disks; those that were deleted meanwhile are none."""
    for one in decision.left_behind:
        if server := duties.cloud.server(one.server):
            yield PlannedMove(
                server=server.name, owner=server.project_id, target=server.host or "its new host", status=server.status
            )


def _shown(move: ServerMove) -> PlannedMove:
    able = move.server.status in LIVE | COLD
    return PlannedMove(
        server=move.server.name,
        owner=move.owner,
        target=move.target if able else "",
        status=move.server.status,
    )
