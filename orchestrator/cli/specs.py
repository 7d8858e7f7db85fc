"""Specs for commands that go on with them: findings are shown, a refusal ends the command."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import rules_folder
from orchestrator.flow.validate import Validation
from orchestrator.model.finding import Finding
from orchestrator.model.specs import Specs
from orchestrator.reporting.findings import findings_to_text
from orchestrator.wiring.specs import accepted, validated


def specs_of(folder: Path) -> tuple[Specs, tuple[Finding, ...]]:
    """The specs and what is noted about them, shown. Raises SpecError when something refuses them."""
    validation = validated(folder, rules_folder())
    shown = tuple(finding for finding in validation.findings if not finding.waived_until)
    if shown:
        click.echo(findings_to_text(shown), nl=False, err=True)
    if waived := len(validation.findings) - len(shown):
        click.echo(f"{waived} findings are waived; `mutualis validate {folder}` shows them", err=True)
    return accepted(validation), validation.findings


def validation_of(folder: Path) -> Validation:
    """For commands whose result tells the findings: they are shown here only when they refuse (SpecError)."""
    validation = validated(folder, rules_folder())
    if validation.specs is None:
        click.echo(findings_to_text(validation.findings), nl=False, err=True)
    accepted(validation)
    return validation
