"""Plan: decide purely, then let the engine show each step's resources. Writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from orchestrator.errors import Bug, UsageError
from orchestrator.flow.cloud_judge import CloudJudge
from orchestrator.flow.host_duties import HostDuties
from orchestrator.flow.judge import PlanJudge
from orchestrator.flow.maintenance import Maintenance, plan_maintenance
from orchestrator.flow.show import show
from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.finding import Finding
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import (
    REGION_STEP,
    Decision,
    Plan,
    Step,
    Untaken,
    Versions,
    stack_of,
    tenant_step,
)
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.recorded_shares import recorded_shares
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.approvals import needed
from orchestrator.planning.assemble import assemble
from orchestrator.planning.decide import Facts, decide
from orchestrator.planning.host_steps import HostFacts, cloud_absent
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.ports import Clock, GovernedRecords, HostApplier, Ledger, StackEngine

NO_DRIFT: Final = "nothing of ours has drifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The ports that planning and applying need. `at_once`: stacks in work at the same time.

    `hosts`: None for a region that somebody else installs; `looking`, `acting`: hosts in the running cloud, by the
    credential that only looks and by the one that acts. `governed`: None where no record of it is kept.
    """

    engine: StackEngine
    ledger: Ledger
    clock: Clock
    at_once: int
    governed: GovernedRecords | None = None
    hosts: HostApplier | None = None
    looking: HostDuties | None = None
    acting: HostDuties | None = None

    def interrupt(self) -> None:
        """Begin nothing new, neither in the cloud nor on hosts; what is in flight finishes and is recorded."""
        if self.hosts:
            self.hosts.interrupt()
        self.engine.interrupt()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan, and what applying it needs besides: the decisions behind its steps, and what they were made of.

    `ids`: what was known of other stacks then.
    """

    plan: Plan
    decisions: Mapping[str, Decision]
    versions: Versions
    ids: KnownIds
    hosts: HostFacts | None = None


def make_plan(
    specs: Specs,
    world: World,
    *,
    inventory: str,
    program: str,
    provider: str,
    findings: tuple[Finding, ...],
    judge: PlanJudge,
    cloud: CloudJudge | None = None,
    repair: Collection[str] = (),
) -> Planned:
    """Raises TemporaryFailure when the state cannot be read; a stack that cannot be previewed is a step's problem.

    `findings`: what is known of the specs; the judge adds what it finds in the plan, and `cloud` what the running
    cloud has no room for. A plan without steps asks the cloud nothing. `repair`: stacks in which drift is put back;
    where nothing of ours has drifted, no step is taken for it. Raises UsageError for one that cannot be.
    """
    engine = world.engine
    versions = Versions(program=program, engine=engine.name, engine_version=engine.version, provider=provider)
    facts = replace(_facts(specs, world, versions), repair=frozenset(_repaired(specs, repair)))
    decisions = decide(facts)
    absent = facts.hosts is not None and cloud_absent(facts.hosts, facts.ledger)
    running = cloud.reading() if cloud and decisions.taken and not absent else None
    steps, idle = _shown(decisions.taken, facts, world, absent=absent)
    shown = PlanFacts(steps=steps, specs=specs, ledger=facts.ledger, today=facts.today, shares=facts.shares)
    unfit = cloud.findings(specs, steps, facts.ledger, running()) if cloud and running else ()
    duty = plan_maintenance(specs, facts.ledger, world.looking, absent=absent) if world.looking else Maintenance()
    every = (*duty.steps, *steps)
    plan = assemble(
        region=specs.region,
        inventory=inventory,
        versions=versions,
        steps=every,
        untaken=(*duty.untaken, *decisions.untaken, *idle),
        findings=(*findings, *judge.findings(shown), *unfit),
        today=facts.today,
        approvals=needed(specs, every, world.governed.read() if world.governed else None),
    )
    made = {decision.step: decision for decision in decisions.taken}
    return Planned(plan=plan, decisions=made, versions=versions, ids=facts.ids, hosts=facts.hosts)


def _shown(
    decisions: Sequence[Decision], facts: Facts, world: World, *, absent: bool
) -> tuple[tuple[Step, ...], tuple[Untaken, ...]]:
    """The steps as the engine shows them, several at once; apart, those that were to repair and have nothing to."""
    with ThreadPoolExecutor(world.at_once, thread_name_prefix="preview") as pool:
        found = tuple(pool.map(lambda decision: show(decision, facts, world.engine, absent=absent), decisions))
    idle = {one.step for one in decisions if not one.changed} & {one.name for one in found if _is_idle(one)}
    steps = tuple(step for step in found if step.name not in idle)
    return steps, tuple(Untaken(name=one, reason=NO_DRIFT) for one in sorted(idle))


def _repaired(specs: Specs, stacks: Collection[str]) -> Iterator[str]:
    for stack in stacks:
        tenant = specs.tenants.get(stack)
        if stack == stack_of(REGION_STEP):
            yield REGION_STEP
        elif tenant is None:
            raise UsageError(f"region {specs.region.name} has no tenant {stack}", hint="name one of its specs")
        elif tenant.state is TenantState.RETIRED:
            raise UsageError(f"tenant {stack} is retired", hint="what has drifted of it goes with it")
        else:
            yield tenant_step(stack)


def _is_idle(step: Step) -> bool:
    return not step.acts and not step.problem


def _facts(specs: Specs, world: World, versions: Versions) -> Facts:
    ledger, stacks = world.ledger.read(), world.engine.stacks()
    return Facts(
        specs=specs,
        ledger=ledger,
        stacks=stacks,
        ids=exported_ids(ledger, specs.known, world.engine.outputs),
        versions=versions,
        today=world.clock.now().date(),
        shares=recorded_shares(specs, ledger, stacks, world.engine.outputs),
        hosts=_host_facts(specs, world, stacks=bool(stacks)),
    )


def _host_facts(specs: Specs, world: World, *, stacks: bool) -> HostFacts | None:
    installation = specs.region.installation
    if installation is None:
        return None
    if world.hosts is None:
        raise Bug(f"region {specs.region.name} is installed by its specs, and nothing here can do it")
    inventory = host_inventory(specs)
    return HostFacts(
        inventory=inventory,
        version=world.hosts.version,
        rolling=installation.rolling,
        stacks=stacks,
        due=world.hosts.due(inventory),
    )
