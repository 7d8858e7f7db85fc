"""Which steps are taken and why, and which are not and why: a pure function of specs, ledger and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.plan import (
    REGION_STEP,
    Decision,
    LedgerEntry,
    StepAction,
    StepKind,
    Untaken,
    Versions,
    host_of,
    host_step,
    stack_of,
    tenant_step,
)
from orchestrator.model.recorded_shares import RecordedShares
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState
from orchestrator.planning.access_left import containers_left, networks_left
from orchestrator.planning.awaited import awaited
from orchestrator.planning.digest import environment_digest
from orchestrator.planning.environment import region_environment, tenant_environment
from orchestrator.planning.host_steps import HostFacts, host_verdicts, missing_host
from orchestrator.planning.order import ordered
from orchestrator.planning.quota import quota_record

RETIRED_DIGEST = "retired"
DRIFT = "drift"
"""Why a step is taken that was asked to put back what has drifted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that decides. `stacks`: names of the stacks that the state knows; `today`: UTC.

    `ids`: what the region's stack and other tenants' export, as far as it is known now;
    `shares`: by step, what tenants shared when they were last applied;
    `repair`: steps in which drift is to be put back; `hosts`: None when somebody else installs them.
    """

    specs: Specs
    ledger: Mapping[str, LedgerEntry]
    stacks: frozenset[str]
    ids: KnownIds
    versions: Versions
    today: dt.date
    shares: Mapping[str, RecordedShares] = field(default_factory=dict)
    repair: frozenset[str] = frozenset()
    hosts: HostFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    taken: tuple[Decision, ...]
    untaken: tuple[Untaken, ...]


def decide(facts: Facts) -> Decisions:
    """Hosts in their order, the region, then tenants by name, then what only the ledger knows.

    But a tenant whose network is used comes before who uses it.
    """
    verdicts = [
        *(host_verdicts(facts.hosts, facts.ledger) if facts.hosts else ()),
        _region(facts),
        *(_tenant(facts, tenant) for tenant in facts.specs.tenants.values()),
        *(
            _missing(step, facts.shares.get(step))
            for step in sorted(facts.ledger.keys() - _wanted(facts))
            if not host_in_maintenance(step)
        ),
    ]
    return Decisions(
        taken=ordered([v for v in verdicts if isinstance(v, Decision)], facts.shares),
        untaken=tuple(v for v in verdicts if isinstance(v, Untaken)),
    )


def digest_of(environment: RegionEnvironment | TenantEnvironment, versions: Versions, ids: KnownIds) -> str:
    """The digest under which the ledger records a step that built this environment.

    A tenant depends on the ids of what it uses of the region and of other tenants; the region on nothing but itself.
    """
    used = ids if isinstance(environment, TenantEnvironment) else None
    return environment_digest(environment, versions, used)


def _region(facts: Facts) -> Decision | Untaken:
    return _build(facts, REGION_STEP, StepKind.REGION, region_environment(facts.specs))


def _tenant(facts: Facts, tenant: Tenant) -> Decision | Untaken:
    if tenant.state is TenantState.RETIRED:
        return _retire(facts, tenant)
    step = tenant_step(tenant.name)
    verdict = _build(facts, step, StepKind.TENANT, tenant_environment(facts.specs, tenant.name))
    if isinstance(verdict, Untaken):
        return verdict
    quota = quota_record(facts.specs.catalogue, tenant, facts.ledger.get(step), facts.today)
    return replace(verdict, quota=quota, needs=tenant.needs, knows=tenant.knows)


def _build(
    facts: Facts, step: str, kind: StepKind, environment: RegionEnvironment | TenantEnvironment
) -> Decision | Untaken:
    digest = digest_of(environment, facts.versions, facts.ids)
    entry = facts.ledger.get(step)
    unchanged, repair = bool(entry and entry.digest == digest), step in facts.repair
    waits = awaited(environment, facts.ids)
    if unchanged and not repair and not waits:
        return Untaken(name=step, reason="unchanged since it was last applied")
    reasons = [waits if unchanged else _why(facts, step, entry), DRIFT if repair else ""]
    return Decision(
        step=step,
        kind=kind,
        action=StepAction.BUILD,
        reason="; ".join(filter(None, reasons)),
        digest=digest,
        environment=environment,
        repair=repair,
        changed=not unchanged or bool(waits),
        wanted=environment_digest(environment, facts.versions, None) if kind is StepKind.TENANT else "",
    )


def _why(facts: Facts, step: str, entry: LedgerEntry | None) -> str:
    if entry is None:
        known = stack_of(step) in facts.stacks
        return "the ledger does not know it; it is compared with the state" if known else "never applied"
    if entry.problem:
        return f"{entry.problem}; it is compared with the state, and applying it records it anew"
    return "its inputs changed" if entry.digest else "its last apply did not finish"


def _retire(facts: Facts, tenant: Tenant) -> Decision | Untaken:
    step = tenant_step(tenant.name)
    if step not in facts.ledger and tenant.name not in facts.stacks:
        return Untaken(name=step, reason="retired, and nothing of it is left")
    retired_on = tenant.retired_on or facts.today
    due = retired_on + dt.timedelta(days=facts.specs.region.deletion.quarantine_days)
    if facts.today < due:
        left = networks_left(facts.shares.get(step))
        return Untaken(name=step, reason=f"retired on {retired_on}; in quarantine until {due}{left}")
    return Decision(
        step=step,
        kind=StepKind.TENANT,
        action=StepAction.RETIRE,
        reason=f"state is retired since {retired_on}",
        digest=RETIRED_DIGEST,
        environment=None,
    )


def _wanted(facts: Facts) -> set[str]:
    """Steps of all that the specs have, taken or not."""
    hosts = facts.hosts.inventory.hosts if facts.hosts else ()
    return {REGION_STEP, *(host_step(host.name) for host in hosts), *map(tenant_step, facts.specs.tenants)}


def _missing(step: str, shares: RecordedShares | None) -> Untaken:
    if host_of(step):
        return missing_host(step)
    kept = "its file is missing, which deletes nothing; bring the file back, or say `state: retired` in it"
    return Untaken(name=step, reason=f"{kept}{networks_left(shares)}{containers_left(shares)}")
