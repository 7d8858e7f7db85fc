"""`mutualis plan`: what applying would do, and why. Writes nothing but the file asked for."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from orchestrator.cli.interrupts import interrupts
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
from orchestrator.cli.terminal import tell_task
from orchestrator.flow.check_hosts import with_checks
from orchestrator.flow.plan import Planned, World
from orchestrator.model.host_result import HostStatus
from orchestrator.model.plan import Plan, Trouble
from orchestrator.reporting.plan_json import plan_to_json
from orchestrator.reporting.plan_markdown import plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text
from orchestrator.wiring import stacks
from orchestrator.wiring.inventory import running_supply
from orchestrator.wiring.specs import accepted

RENDERERS = {"text": plan_to_text, "json": plan_to_json, "markdown": plan_to_markdown}
EXIT_PENDING = 10
STEPS, EVERY = "steps", "every"
_TROUBLES = {
    HostStatus.FAILED: Trouble.PERMANENT,
    HostStatus.UNREACHABLE: Trouble.TEMPORARY,
    HostStatus.INTERRUPTED: Trouble.TEMPORARY,
}


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
@click.option("--check-hosts", "check", flag_value=STEPS, help="Ask the hosts with a step what would change on them")
@click.option(
    "--check-all-hosts", "check", flag_value=EVERY, help="Ask every host: what somebody changed by hand shows"
)
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
    check: str | None,
) -> int:
    """Show what applying the specs of FOLDER would do. Exit 1 refused, 3 a step is broken, 4 worth a retry."""
    settings = settings_of(state, clouds, parallel)
    stacks.prepare_process()
    validation = validation_of(folder)
    specs = accepted(validation)
    inventory = running_supply(specs, settings) if check_capacity else None
    world = stacks.world(specs, settings, folder)
    planned = stacks.planned(validation, world, folder, inventory=inventory, repair=repair)
    plan = _checked(planned, world, every=check == EVERY) if check else planned.plan
    click.echo(RENDERERS[format_](plan), nl=False)
    if out:
        out.write_text(plan_to_json(plan), encoding="utf-8")
    return exit_of(plan, pending=EXIT_PENDING if exit_code else 0)


def _checked(planned: Planned, world: World, *, every: bool) -> Plan:
    with interrupts(threading.Event(), world.interrupt):
        return with_checks(planned, world, tell_task, every=every)


def exit_of(plan: Plan, *, pending: int) -> int:
    """Refused before broken before pending."""
    if plan.refused:
        return 1
    asked = {_TROUBLES.get(result.status, Trouble.NONE) for result in plan.checks}
    troubles = ({step.trouble for step in plan.steps} | asked) - {Trouble.NONE}
    if troubles:
        return 4 if troubles == {Trouble.TEMPORARY} else 3
    return 0 if plan.empty else pending
