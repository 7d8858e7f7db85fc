"""`mutualis validate`: all findings of all files."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import folder_argument, format_option, rules_folder
from orchestrator.reporting.findings import findings_to_json, findings_to_text
from orchestrator.wiring.specs import validated


@click.command("validate")
@folder_argument
@format_option("text", "json")
def validate_command(folder: Path, format_: str) -> int:
    """Check a region's specs: schema, references, policy, capacity. Exit 1 when something refuses them."""
    findings = validated(folder, rules_folder()).findings
    render = findings_to_json if format_ == "json" else findings_to_text
    click.echo(render(findings), nl=False)
    return int(any(finding.refuses for finding in findings))
