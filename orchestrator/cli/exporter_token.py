"""`mutualis exporter-token`: what a member shows to read its own figures. Printed once, kept as a digest."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.options import folder_argument
from orchestrator.cli.specs import written_specs_of
from orchestrator.errors import UsageError
from orchestrator.wiring import member_tokens


@click.command("exporter-token")
@folder_argument
@click.argument("tenant")
@click.option(
    "--tokens",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of digests (mode 0600), the one that the exporter is given; made if it is not there",
)
@click.option("--withdraw", is_flag=True, help="Make all tokens of the tenant invalid instead")
def exporter_token_command(folder: Path, tenant: str, tokens: Path, *, withdraw: bool) -> int:
    """Print a new token with which TENANT reads /tenant/TENANT/metrics. A running exporter takes it at once."""
    if withdraw:
        click.echo(f"{member_tokens.withdraw_tokens(tokens, tenant)} tokens of {tenant} withdrawn", err=True)
        return 0
    specs, _ = written_specs_of(folder)
    if tenant not in specs.tenants:
        raise UsageError(f"the specs have no tenant {tenant}", hint=f"there are: {', '.join(sorted(specs.tenants))}")
    click.echo(member_tokens.new_token(tokens, tenant))
    return 0
