"""A region's folder to documents. Its layout is free: every `*.yaml` file below it is a spec, other files are not.

Hidden files and folders are left out. What looks like a spec and would not be read is told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from orchestrator.model.finding import Finding, Position, Severity
from orchestrator.spec import codes
from orchestrator.spec.document import Document
from orchestrator.spec.load import load
from orchestrator.spec.regular_file import RefusedFileError, content

SUFFIX: Final = ".yaml"
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all specs together: 5000 tenants have some 10 MiB, and what is read takes ten times as much memory."""


class TooMuchError(Exception):
    """The folder holds more than a region can need; `finding` says so."""

    def __init__(self, folder: Path, message: str) -> None:
        super().__init__(message)
        hint = "is this the region's folder? Take out what is no spec"
        self.finding = codes.finding("too-large", Position(file=str(folder)), message, hint=hint)


def read(folder: Path, further: Sequence[Path] = ()) -> tuple[list[Document], list[Finding]]:
    """Every document of the folder in the order of file names, then of `further` files; what is wrong with the files.

    Raises OSError, and TooMuchError before anything is judged.
    """
    files, findings = _listed(folder)
    documents: list[Document] = []
    size = 0
    for file, top in (*((file, folder) for file in files), *((str(path), path.parent) for path in further)):
        try:
            read_bytes = content(file, top)
        except RefusedFileError as refused:
            findings.append(codes.finding(refused.name, Position(file=file), str(refused), hint=refused.hint))
            continue
        size += len(read_bytes)
        if size > MOST_BYTES:
            raise TooMuchError(folder, f"the folder's specs have more than {MOST_BYTES >> 20} MiB in all")
        document, found = load(file, read_bytes)
        findings += found
        if document:
            documents.append(document)
    return documents, findings


def files(folder: Path) -> Iterator[Path]:
    """The files to judge, sorted folder by folder; linked folders are not entered. Raises OSError, TooMuchError."""
    return (Path(file) for file in _listed(folder)[0])


def inside(folder: Path, path: Path) -> bool:
    """Whether a path, its links followed, is a regular file of the folder."""
    resolved = Path(os.path.realpath(path))  # Path.resolve raises where links go in a circle
    return resolved.is_file() and resolved.is_relative_to(os.path.realpath(folder))


def _listed(folder: Path) -> tuple[list[str], list[Finding]]:
    """(specs, findings about what is none)."""
    top = "" if folder == Path() else str(folder)
    files: list[str] = []
    findings: list[Finding] = []
    waiting = [top]
    while waiting:
        inner = []
        around = waiting.pop()
        for entry in _entries(around, top, findings):
            path = os.path.join(around, entry.name)  # noqa: PTH118 thousands of Path objects cost as much as reading
            if entry.is_dir(follow_symlinks=False) and not _named_like_a_spec(entry.name):
                inner.append(path)
            elif found := _misplaced(entry, path):
                findings.append(found)
            elif entry.name.endswith(SUFFIX):
                files.append(path)
        if len(files) > MOST_FILES:
            raise TooMuchError(folder, f"the folder holds more than {MOST_FILES} specs")
        waiting += reversed(inner)
    return files, findings


def _entries(folder: str, top: str, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """What is in a folder and not hidden, sorted. Raises OSError for the region's own folder."""
    try:
        with os.scandir(folder or ".") as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        if folder == top:
            raise
        findings.append(_refusal("unreadable", folder, f"cannot be read: {error.strerror}", "check its permissions"))
        return []
    return sorted(found, key=lambda entry: entry.name)


def _named_like_a_spec(name: str) -> bool:
    return name.lower().endswith((SUFFIX, ".yml"))


def _misplaced(entry: os.DirEntry[str], path: str) -> Finding | None:
    """What is wrong with something's name or kind."""
    if _named_like_a_spec(entry.name):
        if entry.is_dir(follow_symlinks=False):
            hint = "rename the folder; a spec is a file"
            return _refusal("unreadable", path, "a folder that is named like a spec", hint)
        if not entry.name.endswith(SUFFIX):
            message = f"specs end in {SUFFIX}; this file would be left out"
            return _refusal("suffix", path, message, f"rename it to {Path(entry.name).stem}{SUFFIX}")
    elif entry.is_symlink() and entry.is_dir():
        message, hint = "a link to a folder is not followed: no spec behind it is read", "put the files here"
        return _refusal("unreadable", path, message, hint, Severity.WARNING)
    return None


def _refusal(name: str, file: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return codes.finding(name, Position(file=file), message, hint=hint, severity=severity)
