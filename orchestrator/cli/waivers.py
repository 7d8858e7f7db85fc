"""`mutualis waivers`: who suspended which rule, until when, and whether it is still needed."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import folder_argument, format_option, rules_folder
from orchestrator.errors import SpecError
from orchestrator.reporting.findings import findings_to_text
from orchestrator.reporting.waivers import waivers_to_json, waivers_to_text
from orchestrator.wiring.specs import standings, validated


@click.command("waivers")
@folder_argument
@format_option("text", "json")
def waivers_command(folder: Path, format_: str) -> int:
    """List the waivers of FOLDER by age: rule, object, approver, days left, what they suspend now.

    Exit 0, expired ones included; 1 when the specs cannot be read.
    """
    validation = validated(folder, rules_folder())
    if validation.written is None:
        click.echo(findings_to_text(validation.findings), nl=False, err=True)
        raise SpecError("the specs cannot be read", hint="mend the findings above")
    found = standings(validation.written, validation)
    click.echo(waivers_to_json(found) if format_ == "json" else waivers_to_text(found), nl=False)
    return 0
