"""A plan as one Markdown comment of a merge request; its marker lets a forge update it in place."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Finding
from orchestrator.model.plan import Operation, Plan, Step, StepAction, StepKind
from orchestrator.reporting.markup import escape, fenced
from orchestrator.reporting.plan_hosts_markdown import check_details, host_rows, move_details
from orchestrator.reporting.plan_text import LATER, MARKS, short_kind, totals

MARKER = "<!-- mutualis-plan -->"


def plan_to_markdown(plan: Plan) -> str:
    return "\n".join([*_lines(plan), ""])


def _lines(plan: Plan) -> Iterator[str]:
    yield MARKER
    yield f"## Plan for region `{plan.region}`: {totals(plan)}"
    yield ""
    yield from (f"> **Refused**: {escape(refusal)}\n" for refusal in plan.refusals)
    yield from (_refusal(finding) for finding in plan.findings if finding.refuses)
    for one in plan.approvals:
        yield f"> **Needs approval** by {escape(one.sentence)}\n"
    yield from _noted(plan)
    yield from host_rows(plan.steps)
    stacks = [step for step in plan.steps if step.kind is not StepKind.HOST]
    if stacks:
        yield "| Step | Why | Create | Change | Replace | Delete |"
        yield "|---|---|--:|--:|--:|--:|"
        yield from (_row(step) for step in stacks)
    for step in stacks:
        yield from _details(step)
    yield from move_details(plan.steps)
    yield from check_details(plan.checks)
    if plan.untaken:
        yield from ("", "### Steps not taken", "")
        yield from (f"- `{item.name}`: {escape(item.reason)}" for item in plan.untaken)
    yield ""
    yield f"deletions: {plan.deletions}, budget {plan.deletion_budget} · engine {plan.engine} · plan `{plan.digest}`"


def _refusal(finding: Finding) -> str:
    return f"> **Refused** by {finding.code}: {escape(finding.message)} ({_place(finding)}; {escape(finding.hint)})\n"


def _noted(plan: Plan) -> Iterator[str]:
    """What refuses nothing: warnings, notes, and what a waiver suspends."""
    noted = [finding for finding in plan.findings if not finding.refuses]
    if not noted:
        return
    yield from ("| Finding | What | Where | What to do |", "|---|---|---|---|")
    for finding in noted:
        word = f"waived until {finding.waived_until}" if finding.waived_until else finding.severity.value
        what, hint = escape(finding.message), escape(finding.hint)
        yield f"| {finding.code} ({word}) | {what} | {_place(finding)} | {hint} |"
    yield ""


def _place(finding: Finding) -> str:
    return escape(str(finding.position))


def _row(step: Step) -> str:
    counts = " | ".join(str(step.count(operation)) for operation in Operation)
    verb = "retire: " if step.action is StepAction.RETIRE else ""
    later = f"; {LATER}" if step.later else ""
    return f"| `{step.name}` | {verb}{escape(step.problem or step.reason)}{later} | {counts} |"


def _details(step: Step) -> Iterator[str]:
    if not step.changes:
        return
    yield from ("", f"<details><summary>{step.name}: {len(step.changes)} resources</summary>", "", "```diff")
    for change in step.changes:
        yield f"{MARKS[change.operation]} {short_kind(change.kind)} {change.name}"
        if change.operation in (Operation.UPDATE, Operation.REPLACE):
            yield from (f"    {fenced(p.path)}: {fenced(p.old)} -> {fenced(p.new)}" for p in change.properties)
    yield from ("```", "</details>")
