"""`mutualis audit`: how far hosts keep ANSSI BP-028, measured on them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from orchestrator.cli.options import folder_argument, format_option, settings_of, state_option
from orchestrator.cli.specs import written_specs_of
from orchestrator.errors import PermanentFailure, TemporaryFailure, UsageError
from orchestrator.flow.audit import audit
from orchestrator.model.audit import AuditReport
from orchestrator.reporting.audit_json import audit_to_json
from orchestrator.reporting.audit_page import audit_to_html
from orchestrator.reporting.audit_text import audit_to_text
from orchestrator.wiring.audit import audit_guide, audit_world

EXIT_FINDINGS: Final = 1


@click.command("audit")
@folder_argument
@click.option("--host", "hosts", multiple=True, metavar="NAME", help="Measure this host alone; repeatable")
@click.option("--all", "everything", is_flag=True, help="Show also rules that are accepted, waived or concern nothing")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write one self-contained page too"
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json")
@format_option("text", "json")
@state_option
def audit_command(
    folder: Path,
    hosts: tuple[str, ...],
    html: Path | None,
    format_: str,
    state: Path | None,
    *,
    everything: bool,
    as_json: bool,
) -> int:
    """Measure the hosts of FOLDER by OpenSCAP, each at the level of its spec; only the scanner is installed there.

    Exit 0: every rule passes, is waived or is accepted with a reason; 1: findings; 3 or 4: a host was not measured.
    """
    json = as_json or format_ == "json"
    if json and everything:
        raise UsageError("--all goes with text alone", hint="JSON has every rule")
    specs, _ = written_specs_of(folder)
    world = audit_world(specs.region.name, settings_of(state, None))
    report = audit(specs, audit_guide(), world, hosts, _told)
    if html:
        html.write_text(audit_to_html(report), encoding="utf-8")
    click.echo(audit_to_json(report) if json else audit_to_text(report, everything=everything), nl=False)
    return exit_of(report)


def exit_of(report: AuditReport) -> int:
    """A host that was not measured before findings: who asks how hosts stand has not been answered."""
    if report.unmeasured:
        failures = [one.failure for one in report.unmeasured]
        passing = all(one is not None and one.temporary for one in failures)
        return TemporaryFailure.exit_code if passing else PermanentFailure.exit_code
    return EXIT_FINDINGS if report.findings else 0


def _told(host: str, end: str, task: str) -> None:
    click.echo(f"{host}: {end} {task}", err=True)
