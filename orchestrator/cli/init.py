"""`mutualis init`: a first document of each kind, with comments."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.errors import UsageError
from orchestrator.spec import schemas
from orchestrator.spec.examples import File, example
from orchestrator.wiring.specs import today


@click.command("init")
@click.argument("kind", type=click.Choice(schemas.KINDS, case_sensitive=False))
@click.argument("name")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=".", help="The region's folder")
def init_command(kind: str, name: str, folder: Path) -> int:
    """Write a commented example of KIND with this NAME, and its schema for editors. Nothing is ever overwritten."""
    document, *beside = example(kind, name, folder, today())
    if (folder / document.path).exists():
        raise UsageError(f"{folder / document.path} exists already", hint="nothing was written; move it away first")
    _write(folder, document)
    for file in beside:
        if not (folder / file.path).exists():
            _write(folder, file)
    click.echo(f"next: edit it, then mutualis validate {folder}")
    return 0


def _write(folder: Path, file: File) -> None:
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:  # x: never over a file that came meanwhile
        stream.write(file.content)
    click.echo(f"wrote {path}")
