"""`mutualis plan`: what applying would do, and why. Writes nothing but the file asked for."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import (
    check_capacity_option,
    clouds_option,
    folder_argument,
    format_option,
    parallel_option,
    settings_of,
    state_option,
)
from orchestrator.cli.repairs import repair_option
from orchestrator.cli.specs import validation_of
from orchestrator.model.plan import Plan, Trouble
from orchestrator.reporting.plan_json import plan_to_json
from orchestrator.reporting.plan_markdown import plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text
from orchestrator.wiring import stacks
from orchestrator.wiring.inventory import running_supply
from orchestrator.wiring.specs import accepted

RENDERERS = {"text": plan_to_text, "json": plan_to_json, "markdown": plan_to_markdown}
EXIT_PENDING = 10


@click.command("plan")
@folder_argument
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan as JSON, for `apply`")
@click.option("--exit-code", is_flag=True, help="Exit 10 when changes are pending")
@repair_option
@format_option("text", "json", "markdown")
@clouds_option
@state_option
@parallel_option
@check_capacity_option
def plan_command(
    folder: Path,
    out: Path | None,
    exit_code: bool,  # noqa: FBT001 click gives it so
    repair: tuple[str, ...],
    format_: str,
    clouds: Path | None,
    state: Path | None,
    parallel: int,
    check_capacity: bool,  # noqa: FBT001 (same)
) -> int:
    """Show what applying the specs of FOLDER would do. Exit 1 refused, 3 a step is broken, 4 worth a retry."""
    settings = settings_of(state, clouds, parallel)
    stacks.prepare_process()
    validation = validation_of(folder)
    specs = accepted(validation)
    inventory = running_supply(specs, settings) if check_capacity else None
    world = stacks.world(specs, settings, folder)
    plan = stacks.planned(validation, world, folder, inventory=inventory, repair=repair).plan
    click.echo(RENDERERS[format_](plan), nl=False)
    if out:
        out.write_text(plan_to_json(plan), encoding="utf-8")
    return exit_of(plan, pending=EXIT_PENDING if exit_code else 0)


def exit_of(plan: Plan, *, pending: int) -> int:
    """Refused before broken before pending."""
    if plan.refused:
        return 1
    troubles = {step.trouble for step in plan.steps} - {Trouble.NONE}
    if troubles:
        return 4 if troubles == {Trouble.TEMPORARY} else 3
    return 0 if plan.empty else pending
