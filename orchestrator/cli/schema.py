"""`mutualis schema`: the forms of specs, and of what is printed as JSON, for editors and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from orchestrator.reporting.approvals_json import approvals_schema
from orchestrator.reporting.audit_json import audit_schema
from orchestrator.reporting.capacity.as_json import capacity_schema
from orchestrator.reporting.drift_json import drift_schema
from orchestrator.reporting.plan_schema import plan_schema
from orchestrator.spec import schemas
from orchestrator.spec.publish import as_text, self_contained

REPORTS: Final = {
    "Plan": plan_schema,
    "Approvals": approvals_schema,
    "Drift": drift_schema,
    "Capacity": capacity_schema,
    "Audit": audit_schema,
}


@click.command("schema")
@click.argument("kind", required=False, type=click.Choice((*schemas.KINDS, *REPORTS), case_sensitive=False))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Write <kind>.json files there")
def schema_command(kind: str | None, folder: Path | None) -> int:
    """Print the JSON Schema of KIND, or of all kinds of specs as one object; each stands alone: editors complete by it.

    `plan`, `drift`, `capacity` and `audit` are what these commands print as JSON; `approvals` is what `apply` prints
    when some are missing.
    """
    kinds = [kind] if kind else list(schemas.KINDS)
    if folder is None:
        click.echo(_text(kind) if kind else as_text({one: self_contained(one) for one in kinds}), nl=False)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for one in kinds:
        file = folder / f"{one.lower()}.json"
        file.write_text(_text(one), encoding="utf-8")
        click.echo(file)
    return 0


def _text(kind: str) -> str:
    return REPORTS[kind]() if kind in REPORTS else as_text(self_contained(kind))
