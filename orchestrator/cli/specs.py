"""Specs for commands that go on with them: findings are shown, a refusal ends the command."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.model.finding import Finding
from orchestrator.model.specs import Specs
from orchestrator.reporting.findings import findings_to_text
from orchestrator.wiring.specs import accepted, validated


def specs_of(folder: Path) -> tuple[Specs, tuple[Finding, ...]]:
    """The specs and what is noted about them. Raises SpecError when something refuses them."""
    validation = validated(folder)
    shown = tuple(finding for finding in validation.findings if not finding.waived_until)
    if shown:
        click.echo(findings_to_text(shown), nl=False, err=True)
    if waived := len(validation.findings) - len(shown):
        click.echo(f"{waived} findings are waived; `mutualis validate {folder}` shows them", err=True)
    return accepted(validation), validation.findings
