"""Plan: decide purely, then let the engine show each step's resources. Writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

from orchestrator.errors import MutualisError, PermanentFailure, PolicyRefusal, TemporaryFailure, UsageError
from orchestrator.flow.cloud_judge import CloudJudge
from orchestrator.flow.judge import PlanJudge
from orchestrator.model.drift import is_added
from orchestrator.model.environment import RegionOutputs
from orchestrator.model.finding import Finding
from orchestrator.model.plan import (
    REGION_STEP,
    Decision,
    LedgerEntry,
    Plan,
    ResourceChange,
    StackTarget,
    Step,
    StepAction,
    Trouble,
    Untaken,
    Versions,
    stack_of,
    tenant_step,
)
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.assemble import assemble, step_of
from orchestrator.planning.decide import Facts, decide
from orchestrator.ports import Clock, Ledger, StackEngine

NO_DRIFT: Final = "nothing of ours has drifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The ports that planning and applying need. `at_once`: stacks in work at the same time."""

    engine: StackEngine
    ledger: Ledger
    clock: Clock
    at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan, and what applying it needs besides: the decisions behind its steps."""

    plan: Plan
    decisions: Mapping[str, Decision]
    versions: Versions


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
    running = cloud.reading() if cloud and decisions.taken else None
    with ThreadPoolExecutor(world.at_once, thread_name_prefix="preview") as pool:
        found = tuple(pool.map(lambda decision: _show(decision, facts, engine), decisions.taken))
    idle = {one.step for one in decisions.taken if not one.changed} & {one.name for one in found if _is_idle(one)}
    steps = tuple(step for step in found if step.name not in idle)
    shown = PlanFacts(steps=steps, specs=specs, ledger=facts.ledger, today=facts.today)
    unfit = cloud.findings(specs, steps, facts.ledger, running()) if cloud and running else ()
    plan = assemble(
        region=specs.region,
        inventory=inventory,
        versions=versions,
        steps=steps,
        untaken=(*decisions.untaken, *(Untaken(name=name, reason=NO_DRIFT) for name in sorted(idle))),
        findings=(*findings, *judge.findings(shown), *unfit),
        today=facts.today,
    )
    return Planned(plan=plan, decisions={d.step: d for d in decisions.taken}, versions=versions)


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
    return not step.changes and not step.problem


def known_outputs(ledger: Mapping[str, LedgerEntry], engine: StackEngine) -> Mapping[str, Any]:
    """The region's exports: from the ledger, else from the state, else none yet."""
    entry = ledger.get(REGION_STEP)
    return entry.outputs if entry and entry.outputs else engine.outputs(stack_of(REGION_STEP))


def _facts(specs: Specs, world: World, versions: Versions) -> Facts:
    ledger, stacks = world.ledger.read(), world.engine.stacks()
    return Facts(
        specs=specs,
        ledger=ledger,
        stacks=stacks,
        region_outputs=RegionOutputs.of(known_outputs(ledger, world.engine)),
        versions=versions,
        today=world.clock.now().date(),
    )


def _show(decision: Decision, facts: Facts, engine: StackEngine) -> Step:
    stack = stack_of(decision.step)
    try:
        if decision.action is StepAction.RETIRE:
            changes = engine.preview_retire(stack) if stack in facts.stacks else ()
        else:
            exists = stack in facts.stacks
            target = target_of(decision, facts.region_outputs)
            changes = engine.preview(replace(target, repair=target.repair and exists), exists=exists)
    except PolicyRefusal as err:
        return step_of(decision, (), problem=str(err), trouble=Trouble.REFUSED)
    except TemporaryFailure as err:
        return step_of(decision, (), problem=_told(err), trouble=Trouble.TEMPORARY)
    except PermanentFailure as err:
        return step_of(decision, (), problem=_told(err), trouble=Trouble.PERMANENT)
    return step_of(decision, changes)


def _told(error: MutualisError) -> str:
    return f"{error} ({error.hint})" if error.hint else str(error)


def target_of(decision: Decision, outputs: RegionOutputs, shown: Sequence[ResourceChange] = ()) -> StackTarget:
    """The stack of a decision, with the region's objects as they are known now. `shown`: what its step changes."""
    return StackTarget(
        stack=stack_of(decision.step),
        kind=decision.kind,
        environment=decision.environment,
        region_outputs=outputs,
        repair=decision.repair,
        added=tuple(change for change in shown if is_added(change)),
    )
