"""A region's folder to documents. Its layout is free: every `*.yaml` file below it is a spec, other files are not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from orchestrator.model.finding import Finding, Position
from orchestrator.spec import codes
from orchestrator.spec.characters import MOST_BYTES
from orchestrator.spec.document import Document
from orchestrator.spec.load import load

SUFFIX: Final = ".yaml"


def read(folder: Path) -> tuple[list[Document], list[Finding]]:
    """Every document of the folder in the order of file names, and what is wrong with the files. Raises OSError."""
    documents: list[Document] = []
    findings: list[Finding] = []
    for path in files(folder):
        document, found = _read_one(folder, path)
        findings += found
        if document:
            documents.append(document)
    return documents, findings


def files(folder: Path) -> Iterator[Path]:
    """The files to judge, sorted; hidden files and folders are left out, linked folders are not entered."""
    for top, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((SUFFIX, ".yml")) and not name.startswith("."):
                yield Path(top, name)


def inside(folder: Path, path: Path) -> bool:
    """Whether a path, its links followed, is a regular file of the folder."""
    resolved = path.resolve()
    return resolved.is_file() and resolved.is_relative_to(folder.resolve())


def _read_one(folder: Path, path: Path) -> tuple[Document | None, tuple[Finding, ...]]:
    file = str(path)
    if path.suffix != SUFFIX:
        hint = f"rename it to {path.stem}{SUFFIX}"
        return None, (_refusal("suffix", file, f"specs end in {SUFFIX}; this file would be left out", hint),)
    if path.is_symlink() and not inside(folder, path):
        return None, (_refusal("unreadable", file, "a link that leads out of the region's folder", "copy the file"),)
    if not path.is_file():
        return None, (_refusal("unreadable", file, "no regular file", "remove it"),)
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return None, (_refusal("unreadable", file, f"cannot be read: {error.strerror}", "check its permissions"),)
    return load(file, content)


def _refusal(name: str, file: str, message: str, hint: str) -> Finding:
    return codes.finding(name, Position(file=file), message, hint=hint)
