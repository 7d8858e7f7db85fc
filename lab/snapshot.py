"""A cloud's whole state in one compressed file, to be unpacked in another directory and on other ports.

The file holds the cloud's passwords and keys: its mode is 0600. Of a running cloud the databases are copied one after
the other: each is sound, but they agree with each other only if nothing was being changed meanwhile.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lab.attributes import check_attributes, read_attributes, write_attributes
from lab.definition import load_definition
from lab.environment import OPTIONAL_LOCK, lock_digest
from lab.errors import SnapshotError, SnapshotVersionError
from lab.layout import Layout
from lab.private_file import read_json, write_private_json
from lab.relocation import database_files

FORMAT = 1
_MANIFEST = "manifest.json"
_ATTRIBUTES = "attributes.json"  # an archive of tar has no room for them
_OF_THE_MOMENT = frozenset({"lock", "coordination", "staging", "tasks"})  # directories that mean nothing elsewhere


def write_snapshot(layout: Layout, path: Path) -> None:
    """Write the state, the definition and the passwords to a tar.gz; an older file is replaced only by a whole one."""
    if not layout.registered.exists():
        raise SnapshotError(what="was never ready", where=str(layout.root), what_to_do="bring the cloud up at first")
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with tempfile.TemporaryDirectory(dir=layout.root) as scratch:
            copy = Path(scratch)
            _copy(layout, copy)
            write_private_json(copy / _MANIFEST, _manifest(layout, copy))
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:  # noqa: PTH123 the descriptor carries the mode
                for item in sorted(copy.iterdir(), key=lambda item: item.name != _MANIFEST):
                    tar.add(item, item.name)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _copy(layout: Layout, copy: Path) -> None:
    databases = (*database_files(layout), *layout.swift.rglob("*.db"))

    def passed_over(directory: str, names: list[str]) -> set[str]:
        here = Path(directory)
        if here == layout.state:
            return set(names) & _OF_THE_MOMENT
        return {name for name in names if name.endswith(".db") or (here.name == "db" and not name.endswith(".made"))}

    shutil.copytree(layout.state, copy / "state", ignore=passed_over)
    for database in databases:
        with contextlib.closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy / "state" / database.relative_to(layout.state)),))
    for file in (layout.definition, layout.passwords):
        shutil.copy2(file, copy / file.name)
    if attributes := read_attributes(copy):
        write_private_json(copy / _ATTRIBUTES, attributes)


def _manifest(layout: Layout, copy: Path) -> dict[str, Any]:
    definition = load_definition(layout)
    files = (path for path in copy.rglob("*") if path.is_file())
    return {
        "format": FORMAT,
        "openstack": lock_digest(),
        "optional": lock_digest(OPTIONAL_LOCK) if definition and definition.optional else None,
        "files": {str(path.relative_to(copy)): _digest(path) for path in files},
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_snapshot(layout: Layout, path: Path, *, port_base: int, before: Callable[[], object]) -> None:
    """Replace a cloud's state by a snapshot's, checked whole before anything is touched; ``before`` stops the cloud.

    The ports stay the cloud's own: those of the snapshot may belong to the cloud that it was taken from.
    """
    with tempfile.TemporaryDirectory(dir=layout.root) as scratch:
        copy = Path(scratch)
        _unpack(path, copy)
        _check(path, copy)
        _give_attributes(path, copy)
        definition = copy / layout.definition.name
        write_private_json(definition, read_json(definition) | {"port_base": port_base})
        before()
        shutil.rmtree(layout.state, ignore_errors=True)
        for item in (layout.state, layout.definition, layout.passwords):
            (copy / item.name).replace(item)


def _unpack(path: Path, copy: Path) -> None:
    try:
        with tarfile.open(path) as tar:
            tar.extractall(copy, filter="data")
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error


def _give_attributes(path: Path, copy: Path) -> None:
    if attributes := read_json(copy / _ATTRIBUTES):
        check_attributes(copy)
        try:
            write_attributes(copy, attributes)
        except ValueError as error:
            raise _damaged(path, str(error)) from error


def _check(path: Path, copy: Path) -> None:
    try:
        manifest = json.loads((copy / _MANIFEST).read_text(encoding="utf-8"))
        optional = manifest.get("optional")
        made_by = manifest["format"], manifest["openstack"], optional
        files = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, "it has no readable manifest") from error
    ours = FORMAT, lock_digest(), optional and lock_digest(OPTIONAL_LOCK)
    if made_by != ours:
        raise SnapshotVersionError(
            what=f"is of {_version(made_by)}; this is {_version(ours)}",
            where=str(path),
            what_to_do="take a new snapshot, or restore it with the version that wrote it",
        )
    for name, digest in files.items():
        if not (copy / name).is_file() or _digest(copy / name) != digest:
            raise _damaged(path, f"{name} is missing or changed")


def _version(made_by: tuple[Any, Any, Any]) -> str:
    form, openstack, optional = made_by
    return f"format {form}, OpenStack {openstack}" + (f" with {optional}" if optional else "")


def _damaged(path: Path, why: str) -> SnapshotError:
    missing = not path.exists()
    return SnapshotError(
        what="does not exist" if missing else f"is damaged ({why})",
        where=str(path),
        what_to_do="name an existing snapshot" if missing else "take or copy the snapshot again",
    )
