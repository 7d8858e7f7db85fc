"""`mutualis drift`: how the cloud differs from what was applied."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import (
    clouds_option,
    folder_argument,
    format_option,
    parallel_option,
    settings_of,
    state_option,
)
from orchestrator.cli.specs import written_specs_of
from orchestrator.errors import UsageError
from orchestrator.flow.drift import find_drift
from orchestrator.model.drift import DriftReport
from orchestrator.reporting.drift_json import drift_to_json
from orchestrator.reporting.drift_markdown import drift_to_markdown
from orchestrator.reporting.drift_text import drift_to_text
from orchestrator.wiring.drift import drift_world
from orchestrator.wiring.stacks import prepare_process

RENDERERS = {"text": drift_to_text, "json": drift_to_json, "markdown": drift_to_markdown}
EXIT_INCOMPLETE, EXIT_DRIFT = 4, 10


@click.command("drift")
@folder_argument
@click.option("--tenant", "tenants", multiple=True, metavar="NAME", help="Look at this tenant alone; repeatable")
@click.option("--theirs", is_flag=True, help="Show also what members and the cloud may change, which is no drift")
@click.option("--exit-code", is_flag=True, help="Exit 10 when something has drifted")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json")
@format_option("text", "json", "markdown")
@clouds_option
@state_option
@parallel_option
def drift_command(
    folder: Path,
    tenants: tuple[str, ...],
    format_: str,
    clouds: Path | None,
    state: Path | None,
    parallel: int,
    *,
    theirs: bool,
    exit_code: bool,
    as_json: bool,
) -> int:
    """Compare the cloud with what was last applied of FOLDER, object by object; nothing is changed.

    Exit 4: something could not be looked at. `apply --repair TENANT` puts back what has drifted.
    """
    if as_json and format_ == "markdown":
        raise UsageError("--json and --format markdown contradict each other", hint="leave one out")
    settings = settings_of(state, clouds, parallel)
    prepare_process()
    specs, _ = written_specs_of(folder)
    report = find_drift(specs, drift_world(specs.region, settings), tenants)
    click.echo(RENDERERS["json" if as_json else format_](report, theirs=theirs), nl=False)
    return exit_of(report, drifted=EXIT_DRIFT if exit_code else 0)


def exit_of(report: DriftReport, *, drifted: int) -> int:
    """Incomplete before drifted: who asks whether there is drift has not been answered."""
    if not report.complete:
        return EXIT_INCOMPLETE
    return drifted if report.drift else 0
