"""`mutualis describe`: a member's sheet."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import folder_argument
from orchestrator.cli.specs import specs_of
from orchestrator.errors import UsageError
from orchestrator.reporting.member_sheet import member_sheet
from orchestrator.spec.messages import did_you_mean
from orchestrator.wiring.specs import today


@click.command("describe")
@folder_argument
@click.argument("tenant")
def describe_command(folder: Path, tenant: str) -> int:
    """Print a member's sheet as Markdown: agreement, contacts, data, quota, servers, backups, access, price."""
    specs, _ = specs_of(folder)
    if tenant not in specs.tenants:
        raise UsageError(f"no tenant '{tenant}' in {folder}", hint=did_you_mean(tenant, specs.tenants))
    click.echo(member_sheet(specs, specs.tenants[tenant], today()), nl=False)
    return 0
