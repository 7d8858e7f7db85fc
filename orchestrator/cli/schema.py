"""`mutualis schema`: the forms of specs, for editors and other tools."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.spec import schemas
from orchestrator.spec.publish import as_text, self_contained


@click.command("schema")
@click.argument("kind", required=False, type=click.Choice(schemas.KINDS, case_sensitive=False))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Write <kind>.json files there")
def schema_command(kind: str | None, folder: Path | None) -> int:
    """Print the JSON Schema of KIND, or of all kinds as one object; each stands alone, so that editors complete."""
    kinds = [kind] if kind else list(schemas.KINDS)
    if folder is None:
        found = {one: self_contained(one) for one in kinds}
        click.echo(as_text(found[kind] if kind else found), nl=False)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for one in kinds:
        file = folder / f"{one.lower()}.json"
        file.write_text(as_text(self_contained(one)), encoding="utf-8")
        click.echo(file)
    return 0
