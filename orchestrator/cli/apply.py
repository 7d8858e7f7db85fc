"""`mutualis apply`: carry out what was reviewed."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path

import click

from orchestrator.cli.agreement import Agreement, agree
from orchestrator.cli.duration import Duration
from orchestrator.cli.interrupts import interrupts
from orchestrator.cli.options import (
    check_capacity_option,
    clouds_option,
    format_option,
    parallel_option,
    rules_option,
    settings_of,
    state_option,
)
from orchestrator.cli.repairs import look_again, repair_option, repaired, tell_drift
from orchestrator.cli.specs import validation_of
from orchestrator.cli.terminal import progress
from orchestrator.errors import UsageError
from orchestrator.flow.apply import Run, apply_plan
from orchestrator.flow.approvals import record_approved
from orchestrator.flow.plan import Planned, World
from orchestrator.model.outcome import RunReport
from orchestrator.model.plan import Plan
from orchestrator.model.provenance import Provenance
from orchestrator.reporting.plan_json import plan_from_json
from orchestrator.reporting.run_json import report_to_json
from orchestrator.reporting.run_text import report_to_text
from orchestrator.wiring import stacks
from orchestrator.wiring.inventory import running_supply
from orchestrator.wiring.provenance import provenance
from orchestrator.wiring.specs import accepted

EXIT_FAILED, EXIT_TEMPORARY = 3, 4


@click.command("apply")
@click.argument("target", type=click.Path(path_type=Path, exists=True))
@click.option("--yes", is_flag=True, help="Do not ask; needed where there is no terminal and no plan file")
@click.option(
    "--wait",
    type=Duration(),
    default="0",
    metavar="DURATION",
    help="Wait for the region while another apply is at work: 90s, 30m, 2h [default: leave at once, exit 4]",
)
@repair_option
@format_option("text", "json")
@rules_option
@clouds_option
@state_option
@parallel_option
@check_capacity_option
def apply_command(
    target: Path,
    yes: bool,  # noqa: FBT001 click gives it so
    wait: float,
    repair: tuple[str, ...],
    format_: str,
    clouds: Path | None,
    state: Path | None,
    parallel: int,
    check_capacity: bool,  # noqa: FBT001 (same)
) -> int:
    """Carry out TARGET: a plan file that was reviewed, or a folder of specs (planned now, and asked about).

    Exit 0 done, 1 refused, 3 some steps failed, 4 only failures worth retrying.
    """
    settings = settings_of(state, clouds, parallel)
    stacks.prepare_process()
    reviewed = plan_from_json(target.read_bytes()) if target.is_file() else None
    repair = repaired(repair, reviewed)
    folder = _planned_folder(reviewed) if reviewed else target
    validation = validation_of(folder)
    specs = accepted(validation)
    origin = provenance(os.environ, reviewed.digest if reviewed else "")
    records = stacks.records(specs.region.name, settings, origin.pipeline)
    with records.lock.hold(wait, lambda line: click.echo(line, err=True)):
        world = stacks.world(specs, settings, folder)
        inventory = running_supply(specs, settings) if check_capacity else None
        planned = stacks.planned(validation, world, folder, inventory=inventory, repair=repair)
        tell_drift(specs, settings, folder, repair)
        agreement = Agreement(
            reviewed=reviewed, journal=records.journal, yes=yes, as_json=format_ == "json", provenance=origin
        )
        agree(planned.plan, agreement)
        record_approved(specs, world.governed)
        report = _apply(planned, world, records, _planned_at(target, world), origin)
    look_again(specs, settings, planned.plan, report)
    click.echo(report_to_json(report) if format_ == "json" else report_to_text(report), nl=False)
    return exit_of(report)


def _planned_folder(plan: Plan) -> Path:
    """The folder as it was named when planning: in a pipeline, plan and apply may run in two checkouts."""
    folder = Path(plan.inventory)
    if not folder.is_dir():
        hint = "apply from the folder in which `mutualis plan` ran"
        raise UsageError(f"the plan is of the folder {folder}, which is not here", hint=hint)
    return folder


def exit_of(report: RunReport) -> int:
    if not report.failed:
        return 0
    return EXIT_TEMPORARY if report.only_temporary else EXIT_FAILED


def _planned_at(target: Path, world: World) -> str:
    """A plan file tells by its own time when it was made: the plan in it is the same whenever it is made."""
    made = dt.datetime.fromtimestamp(target.stat().st_mtime, dt.UTC) if target.is_file() else world.clock.now()
    return made.isoformat(timespec="seconds")


def _apply(planned: Planned, world: World, records: stacks.Records, planned_at: str, origin: Provenance) -> RunReport:
    stop = threading.Event()
    with progress() as shown, interrupts(stop, world.interrupt):
        run = Run(journal=records.journal, progress=shown, stop=stop, planned_at=planned_at, provenance=origin)
        return apply_plan(planned, world, run)
