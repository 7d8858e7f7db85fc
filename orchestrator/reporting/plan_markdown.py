"""A plan as one Markdown comment of a merge request; its marker lets a forge update it in place."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Finding
from orchestrator.model.plan import Operation, Plan, Step, StepAction
from orchestrator.reporting.plan_text import MARKS, short_kind, totals

MARKER = "<!-- mutualis-plan -->"


def plan_to_markdown(plan: Plan) -> str:
    return "\n".join([*_lines(plan), ""])


def _lines(plan: Plan) -> Iterator[str]:
    yield MARKER
    yield f"## Plan for region `{plan.region}`: {totals(plan)}"
    yield ""
    yield from (f"> **Refused**: {escape(refusal)}\n" for refusal in plan.refusals)
    yield from (_refusal(finding) for finding in plan.findings if finding.refuses)
    yield from _noted(plan)
    if plan.steps:
        yield "| Step | Why | Create | Change | Replace | Delete |"
        yield "|---|---|--:|--:|--:|--:|"
        yield from (_row(step) for step in plan.steps)
    for step in plan.steps:
        yield from _details(step)
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
    return f"| `{step.name}` | {verb}{escape(step.problem or step.reason)} | {counts} |"


def _details(step: Step) -> Iterator[str]:
    if not step.changes:
        return
    yield from ("", f"<details><summary>{step.name}: {len(step.changes)} resources</summary>", "", "```diff")
    for change in step.changes:
        yield f"{MARKS[change.operation]} {short_kind(change.kind)} {change.name}"
        if change.operation in (Operation.UPDATE, Operation.REPLACE):
            yield from (f"    {_fence(p.path)}: {_fence(p.old)} -> {_fence(p.new)}" for p in change.properties)
    yield from ("```", "</details>")


def escape(text: str) -> str:
    """Text of a spec must not become a table cell, a tag or a mention.

    Forges look for mentions in what is rendered, where a backslash is gone: an invisible space parts those.
    """
    for mark in "\\`|*_[]<>":
        text = text.replace(mark, "\\" + mark)
    for mark in "#@":  # in this order: the invisible space is written with a #
        text = text.replace(mark, mark + "&#8203;")
    return " ".join(text.split())


def _fence(text: str) -> str:
    return " ".join(text.replace("```", "'''").split())
