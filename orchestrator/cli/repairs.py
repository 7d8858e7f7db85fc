"""`--repair` of plan and apply, and what apply says of drift that it leaves alone or has put back."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from orchestrator.errors import MutualisError, UsageError
from orchestrator.flow.drift import find_drift
from orchestrator.model.counted import counted
from orchestrator.model.outcome import RunReport, Status
from orchestrator.model.plan import REGION_STEP, Plan, stack_of
from orchestrator.model.specs import Specs
from orchestrator.reporting.drift_text import drift_to_text
from orchestrator.settings import Settings
from orchestrator.wiring.drift import drift_file, drift_world

repair_option = click.option(
    "--repair",
    multiple=True,
    metavar="TENANT",
    help="Put back what has drifted in this tenant, too; repeatable; `region` for the region's own objects",
)


def repaired(chosen: tuple[str, ...], reviewed: Plan | None) -> tuple[str, ...]:
    """The stacks to repair: a reviewed plan says them itself. Raises UsageError when both do."""
    if reviewed and chosen:
        raise UsageError("the plan file says what is repaired", hint="make it with `mutualis plan FOLDER --repair`")
    return tuple(stack_of(step.name) for step in reviewed.steps if step.repair) if reviewed else chosen


def tell_drift(specs: Specs, settings: Settings, folder: Path, repair: Collection[str]) -> None:
    """How many objects the last drift pass found that this run leaves alone."""
    record = drift_file(specs.region.name, settings).read()
    if record is None:
        return
    chosen = {"" if stack == REGION_STEP else stack for stack in repair}
    left = {tenant: one.ours for tenant, one in record.stacks.items() if one.ours and tenant not in chosen}
    if left:
        objects, names = sum(left.values()), ", ".join(tenant or REGION_STEP for tenant in sorted(left))
        click.echo(
            f"drift is left alone: {counted(objects, 'object')} of {names} "
            f"at the last pass ({record.started_at}); `mutualis drift {folder}` shows it, --repair puts it back",
            err=True,
        )


def look_again(specs: Specs, settings: Settings, plan: Plan, report: RunReport) -> None:
    """What is left in stacks that were repaired; recorded, so that metrics tell it at once."""
    asked = {step.name for step in plan.steps if step.repair}
    done = {outcome.step for outcome in report.outcomes if outcome.status is Status.DONE and outcome.step in asked}
    if not done:
        return
    try:
        found = find_drift(specs, drift_world(specs.region, settings), sorted(map(stack_of, done)))
    except MutualisError as err:
        click.echo(f"what is left was not looked at: {err}", err=True)
    else:
        click.echo(drift_to_text(found, theirs=False), nl=False, err=True)
