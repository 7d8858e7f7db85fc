"""Which hosts leave duty and which come back: a pure function of specs and of what the cloud says of the hosts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from orchestrator.model.host_duty import CarriedServer, HostService, LeftBehind
from orchestrator.model.maintenance import Duty, DutyDecision, host_in_maintenance, maintenance_step
from orchestrator.model.plan import Untaken
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacts:
    """`services`: of all hosts; `servers`, `left_behind`: by host, of those that are or shall be in maintenance.

    `recorded`: steps that the ledger knows.
    """

    services: Sequence[HostService]
    servers: Mapping[str, Sequence[CarriedServer]]
    left_behind: Mapping[str, Sequence[LeftBehind]]
    recorded: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    taken: tuple[DutyDecision, ...]
    untaken: tuple[Untaken, ...]


def concerned(specs: Specs, ledger: Collection[str]) -> tuple[str, ...]:
    """Hosts of which the cloud must be asked: in maintenance by their specs, or by what was last applied.

    Without one, planning asks the cloud nothing for maintenance.
    """
    wanted = {name for name, host in specs.hosts.items() if host.maintenance}
    return tuple(sorted(wanted | {host for step in ledger if (host := host_in_maintenance(step))}))


def decide_duties(specs: Specs, hosts: Sequence[str], facts: DutyFacts) -> Duties:
    """`hosts`: those concerned."""
    verdicts = [_of(name, specs.hosts.get(name), facts) for name in hosts]
    return Duties(
        taken=tuple(one for one in verdicts if isinstance(one, DutyDecision)),
        untaken=tuple(one for one in verdicts if isinstance(one, Untaken)),
    )


def _of(name: str, host: Host | None, facts: DutyFacts) -> DutyDecision | Untaken:
    services = tuple(one for one in facts.services if one.host == name)
    if host is None:
        return _untaken(name, "its file is missing: its services stay as they are; see `mutualis hosts remove`")
    if not services:
        return _untaken(name, "the cloud knows no service of it that servers or volumes are given to")
    return _leave(name, services, facts) if host.maintenance else _return(name, services)


def _leave(name: str, services: Sequence[HostService], facts: DutyFacts) -> DutyDecision | Untaken:
    servers, behind = tuple(facts.servers.get(name, ())), tuple(facts.left_behind.get(name, ()))
    enabled = tuple(one for one in services if one.enabled)
    if not (enabled or servers or behind) and maintenance_step(name) in facts.recorded:
        return _untaken(name, "; ".join(["in maintenance, and carries nothing", *_by_hand(services)]))
    return DutyDecision(
        host=name,
        duty=Duty.LEAVE,
        services=enabled,
        servers=servers,
        left_behind=behind,
        kept=_by_hand(services),
    )


def _return(name: str, services: Sequence[HostService]) -> DutyDecision | Untaken:
    ours = tuple(one for one in services if one.ours)
    if ours:
        return DutyDecision(host=name, duty=Duty.RETURN, services=ours, kept=_by_hand(services))
    return _untaken(name, "; ".join(_by_hand(services)) or "in duty")


def _by_hand(services: Sequence[HostService]) -> tuple[str, ...]:
    return tuple(
        f"{one.text} was disabled by hand ({one.reason or 'no reason given'}) and stays so"
        for one in services
        if not one.enabled and not one.ours
    )


def _untaken(host: str, reason: str) -> Untaken:
    return Untaken(name=maintenance_step(host), reason=reason)
