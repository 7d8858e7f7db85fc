"""`mutualis explain`: a field of a spec, explained where it is needed."""

from __future__ import annotations

import click

from orchestrator.spec.explain import explain, explain_kinds


@click.command("explain")
@click.argument("field", required=False, metavar="[FIELD]")
def explain_command(field: str | None) -> int:
    """Explain a field, such as tenant.spec.quota: meaning, form, unit, default, example, use. Alone: the kinds."""
    click.echo(explain(field) if field else explain_kinds())
    return 0
