"""Decisions and what the engine showed, put together into a plan with its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, replace

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.finding import Finding
from orchestrator.model.plan import Decision, Plan, ResourceChange, Step, StepAction, Trouble, Untaken, Versions
from orchestrator.model.region import Region
from orchestrator.planning.check import deletions, refusals


def step_of(
    decision: Decision,
    changes: tuple[ResourceChange, ...] = (),
    problem: str = "",
    trouble: Trouble = Trouble.NONE,
    *,
    later: bool = False,
) -> Step:
    """A step as the plan tells it. Building without any change only records; `later`: changes are not known yet.

    Engines show resources as they come; a plan has them in an order of its own, so that the same facts read the same.
    """
    idle = decision.action is StepAction.BUILD and not changes and not problem and not later
    return Step(
        name=decision.step,
        kind=decision.kind,
        action=StepAction.RECORD if idle else decision.action,
        reason=decision.reason,
        digest=decision.digest,
        changes=tuple(sorted(changes, key=_place)),
        problem=problem,
        trouble=trouble,
        repair=decision.repair,
        batch=decision.batch,
        later=later,
        wanted=decision.wanted,
    )


def _place(change: ResourceChange) -> tuple[str, str, str]:
    return (change.kind, change.name, change.operation)


def assemble(
    *,
    region: Region,
    inventory: str,
    versions: Versions,
    steps: tuple[Step, ...],
    untaken: tuple[Untaken, ...],
    findings: tuple[Finding, ...],
    today: dt.date,
    approvals: tuple[NeededApproval, ...] = (),
) -> Plan:
    return Plan(
        region=region.name,
        inventory=inventory,
        engine=f"{versions.engine} {versions.engine_version}",
        steps=steps,
        untaken=untaken,
        findings=findings,
        refusals=refusals(region, steps, today),
        deletions=deletions(steps),
        deletion_budget=region.deletion.budget,
        digest=plan_digest(region.name, steps),
        approvals=approvals,
    )


def plan_digest(region: str, steps: tuple[Step, ...]) -> str:
    """Over what would be done and nothing else: where the checkout lies and what is left undone do not matter.

    Nor do the words of a problem: services put a new request id into them each time. Nor which servers stand on a host
    that leaves its duty: members start and stop servers between a review and its apply.
    """
    done = [asdict(replace(step, problem="", moves=())) for step in steps]
    text = json.dumps([region, done], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
