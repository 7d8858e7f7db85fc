"""`mutualis describe`: a member's sheet."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import folder_argument, settings_of, state_option
from orchestrator.cli.specs import specs_of
from orchestrator.errors import UsageError
from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.plan import tenant_step
from orchestrator.reporting.member_sheet import member_sheet
from orchestrator.spec.messages import did_you_mean
from orchestrator.wiring.ledgers import ledger_of
from orchestrator.wiring.specs import today


@click.command("describe")
@folder_argument
@click.argument("tenant")
@state_option
def describe_command(folder: Path, tenant: str, state: Path | None) -> int:
    """Print a member's sheet as Markdown: agreement, contacts, data, quota, servers, backups, access, price.

    Where the region was applied from this machine, also when the tenant was last applied, and who reviewed that.
    """
    specs, _ = specs_of(folder)
    if tenant not in specs.tenants:
        raise UsageError(f"no tenant '{tenant}' in {folder}", hint=did_you_mean(tenant, specs.tenants))
    ledger = ledger_of(specs.region.name, settings_of(state, None)).read()
    owners = {shared.tenant for shared in specs.tenants[tenant].shared_containers}
    ids = exported_ids(ledger, owners)
    sheet = member_sheet(specs, specs.tenants[tenant], today(), ledger.get(tenant_step(tenant)), ids)
    click.echo(sheet, nl=False)
    return 0
