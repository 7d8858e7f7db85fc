"""`mutualis report`: what the last apply did."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.apply import exit_of
from orchestrator.cli.options import folder_argument, format_option, settings_of, state_option
from orchestrator.cli.specs import specs_of
from orchestrator.errors import UsageError
from orchestrator.reporting.run_json import report_to_json
from orchestrator.reporting.run_markdown import report_to_markdown
from orchestrator.reporting.run_text import report_to_text
from orchestrator.wiring import stacks

RENDERERS = {"text": report_to_text, "json": report_to_json, "markdown": report_to_markdown}


@click.command("report")
@folder_argument
@format_option(*RENDERERS)
@state_option
def report_command(folder: Path, format_: str, state: Path | None) -> int:
    """Show the report of the region's last apply, with its exit code."""
    region = specs_of(folder)[0].region.name
    report = stacks.records(region, settings_of(state, None)).journal.last()
    if report is None:
        raise UsageError(f"nothing was ever applied to region {region} from here", hint="is --state the right folder?")
    click.echo(RENDERERS[format_](report), nl=False)
    return exit_of(report)
