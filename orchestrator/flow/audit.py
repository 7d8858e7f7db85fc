"""Measure hosts against ANSSI BP-028 at the level that each spec names, judge what was found, keep it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from orchestrator.errors import UsageError
from orchestrator.flow.judge import in_force
from orchestrator.model.audit import AuditedHost, AuditReport, Guide, HostMeasure
from orchestrator.model.host_result import HostStatus
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.audit import audited_host, circumstances
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.ports import AuditRecords, Clock, HostAudit, TaskSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWorld:
    """The ports that an audit needs."""

    hosts: HostAudit
    records: AuditRecords
    clock: Clock


def audit(specs: Specs, guide: Guide, world: AuditWorld, names: Collection[str], seen: TaskSeen) -> AuditReport:
    """Of these hosts, or of all; what was measured is recorded, a host that was not keeps its last record.

    Raises UsageError for a host that the specs do not know, SpecError when nobody may enter any.
    """
    inventory = host_inventory(specs)
    if unknown := sorted(set(names) - specs.hosts.keys()):
        raise UsageError(f"region {specs.region.name} has no host {unknown[0]}", hint="name one of its specs")
    chosen = tuple(sorted(names or specs.hosts))
    started = world.clock.now()
    measures = world.hosts.measure(inventory, chosen, seen)
    report = AuditReport(
        region=specs.region.name,
        started_at=started.isoformat(timespec="seconds"),
        seconds=(world.clock.now() - started).total_seconds(),
        hosts=_judged(specs, guide, [measures[name] for name in chosen], world.clock),
    )
    world.records.update(lambda before: _kept(before, report, specs.hosts))
    return report


def _judged(specs: Specs, guide: Guide, measures: Sequence[HostMeasure], clock: Clock) -> tuple[AuditedHost, ...]:
    now = clock.now()
    waivers, around, at = in_force(specs, now.date()), circumstances(specs), now.isoformat(timespec="seconds")
    return tuple(audited_host(specs.hosts[one.host], one, guide, waivers, around, at) for one in measures)


def _kept(before: AuditReport | None, report: AuditReport, hosts: Collection[str]) -> AuditReport:
    """The last good measure of each host that the specs still have."""
    found = {one.host: one for one in before.hosts if one.host in hosts} if before else {}
    found |= {one.host: one for one in report.hosts if one.status is HostStatus.DONE}
    return replace(report, hosts=tuple(found[name] for name in sorted(found)))
