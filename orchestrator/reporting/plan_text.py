"""A plan for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.counted import counted
from orchestrator.model.plan import Operation, Plan, ResourceChange, Step, StepAction, StepKind
from orchestrator.reporting.findings import finding_lines
from orchestrator.reporting.plan_duties_text import duty_lines
from orchestrator.reporting.plan_hosts_text import check_lines, host_lines

MARKS: Final = {
    Operation.CREATE: "+",
    Operation.UPDATE: "~",
    Operation.REPLACE: "±",
    Operation.DELETE: "-",
}
_WORDS: Final = {
    Operation.CREATE: "to create",
    Operation.UPDATE: "to change",
    Operation.REPLACE: "to replace",
    Operation.DELETE: "to delete",
}


LATER: Final = "after the hosts: there is no cloud yet that could show its resources"


def plan_to_text(plan: Plan) -> str:
    """Steps with their resources and reasons, then what is not done and why, then one line of sums."""
    return "\n".join([*_lines(plan), ""])


def totals(plan: Plan) -> str:
    """`3 to create, 1 to change`; `nothing to do`; steps that cannot be shown are never nothing."""
    counts = {operation: sum(step.count(operation) for step in plan.steps) for operation in Operation}
    parts = [f"{count} {_WORDS[operation]}" for operation, count in counts.items() if count]
    if hosts := sum(1 for step in plan.steps if step.kind is StepKind.HOST):
        parts.append(f"{counted(hosts, 'host')} to set up")
    if leaving := sum(len(step.moves) for step in plan.steps):
        parts.append(f"{counted(leaving, 'server')} to move")
    if later := sum(1 for step in plan.steps if step.later):
        parts.append(f"{counted(later, 'step')} after the hosts")
    if broken := sum(1 for step in plan.steps if step.problem):
        parts.append(f"{broken} steps cannot be shown")
    return ", ".join(parts) or "nothing to do"


def approval_lines(approvals: Sequence[NeededApproval]) -> Iterator[str]:
    """One line for each kind of change that somebody must approve."""
    for one in approvals:
        yield f"NEEDS APPROVAL: {one.sentence}"


def short_kind(kind: str) -> str:
    """`openstack:compute/instance:Instance` -> `compute Instance`."""
    package, _, name = kind.rpartition(":")
    return f"{package.split(':')[-1].split('/')[0]} {name}"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"Plan for region {plan.region} ({plan.inventory}), engine {plan.engine}"
    yield from duty_lines(plan.steps)
    yield from host_lines(plan.steps)
    for step in plan.steps:
        if step.kind not in (StepKind.HOST, StepKind.MAINTENANCE):
            yield ""
            yield from _step(step)
    yield from check_lines(plan.checks)
    if plan.untaken:
        yield ""
        yield "Steps not taken:"
        yield from (f"  {item.name}: {item.reason}" for item in plan.untaken)
    if plan.findings:
        yield ""
        yield "Findings:"
        yield from (f"  {line}" for finding in plan.findings for line in finding_lines(finding))
    yield ""
    for refusal in plan.refusals:
        yield f"REFUSED: {refusal}"
    for finding in plan.findings:
        if finding.refuses:
            yield f"REFUSED: {finding.code} {finding.message}"
    yield from approval_lines(plan.approvals)
    yield f"{totals(plan)}; deletions: {plan.deletions}, budget {plan.deletion_budget}. Plan {plan.digest[:12]}."


def _step(step: Step) -> Iterator[str]:
    verb = "retire" if step.action is StepAction.RETIRE else "build"
    yield f"{step.name}: {verb} ({step.reason})"
    if step.problem:
        yield f"  ! cannot be shown: {step.problem}"
    elif step.later:
        yield f"  {LATER}"
    elif not step.changes:
        yield "  nothing changes in the cloud; the ledger is brought up to date"
    for change in step.changes:
        yield f"  {MARKS[change.operation]} {short_kind(change.kind)} {change.name}"
        if change.operation in (Operation.UPDATE, Operation.REPLACE):
            yield from _properties(change)


def _properties(change: ResourceChange) -> Iterator[str]:
    for prop in change.properties:
        forced = "  (forces the replacement)" if prop.replaces else ""
        yield f"      {prop.path}: {prop.old or '(none)'} -> {prop.new or '(none)'}{forced}"
