"""`mutualis capacity`: what there is, what was promised, what is taken."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchestrator.capacity.ground import ground
from orchestrator.capacity.judgement import judgement
from orchestrator.capacity.region import region_capacity
from orchestrator.cli.cloud import inventory_of
from orchestrator.cli.options import clouds_option, folder_argument, format_option
from orchestrator.cli.specs import written_specs_of
from orchestrator.reporting.capacity import capacity_to_data, capacity_to_text
from orchestrator.reporting.what_if_json import judgement_to_data
from orchestrator.reporting.what_if_text import judgement_to_text


@click.command("capacity")
@folder_argument
@click.option("--specs-only", is_flag=True, help="Do not ask the cloud: what the specs say alone")
@format_option("text", "json")
@clouds_option
def capacity_command(
    folder: Path,
    specs_only: bool,  # noqa: FBT001 click gives it so
    format_: str,
    clouds: Path | None,
) -> int:
    """Show the region's capacity by site and by tenant, and what does not fit.

    Exit 4 when a part of the cloud did not answer.
    """
    specs, _ = written_specs_of(folder)
    snapshot = None if specs_only else inventory_of(specs, clouds).read()
    capacity = region_capacity(specs, snapshot)
    judged = judgement(ground(specs, snapshot))
    if format_ == "json":
        click.echo(json.dumps(capacity_to_data(capacity, snapshot) | judgement_to_data(judged), indent=1))
    else:
        click.echo(capacity_to_text(capacity, snapshot) + judgement_to_text(judged), nl=False)
    return 4 if snapshot and not all(part.up for part in snapshot.health) else 0
