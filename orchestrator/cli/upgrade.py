"""`mutualis upgrade`: documents of an older version of the format, rewritten."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

import click

from orchestrator.errors import UsageError
from orchestrator.spec.folder import files
from orchestrator.spec.upgrade import upgraded


@click.command("upgrade")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--write", is_flag=True, help="Rewrite the files; else the changes are shown and nothing is touched")
def upgrade_command(folder: Path, write: bool) -> int:  # noqa: FBT001 click gives it so
    """Rewrite documents of an older version for the present one; comments, order and quotes stay."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="name a region's folder, such as inventory/demo")
    changed = list(_changed(folder))
    for path, old, new in changed:
        if write:
            _replace(path, new)
            click.echo(f"rewrote {path}")
        else:
            click.echo(_difference(path, old, new), nl=False)
    done = "rewritten" if write else "to rewrite; --write does it"
    click.echo(f"{len(changed)} documents {done}" if changed else "all documents are of the present version")
    return 0


def _changed(folder: Path) -> Iterator[tuple[Path, bytes, bytes]]:
    for path in files(folder):
        if path.is_file() and not path.is_symlink():
            old = path.read_bytes()
            new = upgraded(str(path), old)
            if new is not None:
                yield path, old, new


def _difference(path: Path, old: bytes, new: bytes) -> str:
    before, after = (content.decode().splitlines(keepends=True) for content in (old, new))
    return "".join(difflib.unified_diff(before, after, str(path), str(path), n=0))


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all, with the permissions that it had."""
    beside = path.with_name(f".{path.name}.upgrading")
    beside.write_bytes(content)
    beside.chmod(path.stat().st_mode)
    os.replace(beside, path)  # noqa: PTH105 what it says
