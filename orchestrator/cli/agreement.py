"""What is applied was agreed to: by a reviewed plan file, by `--yes`, or by an answer at the terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import click

from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.flow.approvals import NotApproved, refuse_unless_approved
from orchestrator.flow.as_reviewed import NotReviewed, Remainder, refuse_unless_applicable, refuse_unless_reviewed
from orchestrator.model.plan import Plan
from orchestrator.model.provenance import Provenance
from orchestrator.ports import Journal
from orchestrator.reporting.approvals_json import unapproved_to_json
from orchestrator.reporting.comparison_json import comparison_to_json
from orchestrator.reporting.comparison_text import comparison_to_text
from orchestrator.reporting.plan_text import plan_to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How it is agreed to.

    `reviewed`: the plan file, if there is one; `journal`: which run was the last one; `as_json`: a refusal is told on
    standard output as data, too; `provenance`: who approved it.
    """

    reviewed: Plan | None
    journal: Journal
    yes: bool = False
    as_json: bool = False
    provenance: Provenance = field(default_factory=Provenance)


def agree(plan: Plan, agreement: Agreement) -> None:
    """Raises PolicyRefusal for a plan that nobody agreed to, UsageError where nobody is there to ask."""
    if agreement.reviewed:
        _as_reviewed(plan, agreement.reviewed, agreement)
    else:
        click.echo(plan_to_text(plan), err=True)
    refuse_unless_applicable(plan)
    _as_approved(plan, agreement)
    if agreement.reviewed or agreement.yes or plan.empty:
        return
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("nobody is there to agree to this plan", hint="give a reviewed plan file, or --yes")
    if not click.confirm("Apply this plan?", err=True):
        raise PolicyRefusal("the plan was not agreed to; nothing was done")


def _as_reviewed(plan: Plan, reviewed: Plan, agreement: Agreement) -> None:
    last = agreement.journal.last() if reviewed.digest != plan.digest else None
    try:
        remainder = refuse_unless_reviewed(reviewed, plan, last)
    except NotReviewed as error:
        click.echo(comparison_to_text(error.comparison), err=True)
        if agreement.as_json:
            click.echo(comparison_to_json(error.comparison, error.message), nl=False)
        raise
    if remainder:
        click.echo(_told(remainder), err=True)


def _as_approved(plan: Plan, agreement: Agreement) -> None:
    try:
        refuse_unless_approved(plan.approvals, agreement.provenance)
    except NotApproved as error:
        if agreement.as_json:
            told = unapproved_to_json(plan, error.missing, agreement.provenance, error.message)
            click.echo(told, nl=False)
        raise


def _told(remainder: Remainder) -> str:
    if not remainder.left:
        return f"the reviewed plan was carried out by run {remainder.run}: nothing of it is left"
    done = f"{remainder.done} of its steps {'is' if remainder.done == 1 else 'are'} done"
    return f"going on with the reviewed plan, which run {remainder.run} began: {done}, {remainder.left} left"
