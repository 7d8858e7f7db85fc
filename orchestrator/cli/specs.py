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
    if validation.findings:
        click.echo(findings_to_text(validation.findings), nl=False, err=True)
    return accepted(validation), validation.findings
