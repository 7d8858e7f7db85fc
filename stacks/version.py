"""Which programs these are: part of every stack's digest, so that another program runs and shows what it changes."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Final


def _source_digest(folder: Path) -> str:
    """SHA-256 over the names and texts of the package's modules, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


PROGRAM_VERSION: Final = _source_digest(Path(__file__).parent)
PROVIDER_VERSION: Final = version("pulumi_openstack")
