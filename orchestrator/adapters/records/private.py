"""Files that only their owner reads, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def private_directory(path: Path) -> Path:
    """Make the directory, and those of its parents that are missing, readable for their owner only.

    The process's umask does not widen that; directories that stand already keep their mode.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    return path


def write_whole(path: Path, text: str) -> None:
    """Replace the file at once: a reader, or a crash, sees the old text or the new one."""
    handle, temporary = tempfile.mkstemp(dir=private_directory(path.parent), prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
