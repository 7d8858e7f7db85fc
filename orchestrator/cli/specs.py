"""Specs for commands that go on with them: findings are shown, a refusal ends the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from orchestrator.cli.options import rules_folder
from orchestrator.errors import SpecError
from orchestrator.flow.validate import Validation
from orchestrator.model.finding import Finding
from orchestrator.model.specs import Specs
from orchestrator.reporting.findings import findings_to_text
from orchestrator.wiring.specs import accepted, validated, written


def specs_of(folder: Path) -> tuple[Specs, tuple[Finding, ...]]:
    """The specs and what is noted about them, shown. Raises SpecError when something refuses them."""
    validation = validated(folder, rules_folder())
    shown = tuple(finding for finding in validation.findings if not finding.waived_until)
    if shown:
        click.echo(findings_to_text(shown), nl=False, err=True)
    if waived := len(validation.findings) - len(shown):
        counted = "1 finding is" if waived == 1 else f"{waived} findings are"
        click.echo(f"{counted} waived; `mutualis validate {folder}` shows them", err=True)
    return accepted(validation), validation.findings


def validation_of(folder: Path) -> Validation:
    """For commands whose result tells the findings: they are shown here only when they refuse (SpecError)."""
    validation = validated(folder, rules_folder())
    if validation.specs is None:
        click.echo(findings_to_text(validation.findings), nl=False, err=True)
    accepted(validation)
    return validation


def written_specs_of(folder: Path, further: Sequence[Path] = ()) -> tuple[Specs, Mapping[str, str]]:
    """Specs that policy or capacity may refuse, for commands that judge them; and file -> name of what it holds.

    `further`: files from elsewhere. Raises SpecError for what is wrong in form or reference.
    """
    loaded = written(folder, rules_folder(), further)
    if loaded.specs is None:
        click.echo(findings_to_text(loaded.findings), nl=False, err=True)
        raise SpecError("the specs are refused", hint="mend the findings above")
    return loaded.specs, {document.file: ref.name for ref, document in loaded.documents.items()}
