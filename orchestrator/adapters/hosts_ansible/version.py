"""What decides, besides specs, what a host becomes: the text of roles and playbooks, and the version of Ansible."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path


def content_version(*folders: Path) -> str:
    """SHA-256 over path, mode and content of every file, and ansible-core's version; 64 hexadecimal digits."""
    digest = hashlib.sha256(version("ansible-core").encode())
    for folder in folders:
        for file in _files(folder):
            runs = file.stat().st_mode & 0o100
            name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
            digest.update(f"\0{name}\0{runs:o}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Without what Python and editors leave behind."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and "__pycache__" not in inside and not any(part.startswith(".") for part in inside):
            yield path
