"""Free space: asked for before it is needed, because a full disk later looks like anything but a full disk."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from lab.errors import DiskFullError

CLOUD_BYTES = 200 << 20  # a used cloud takes about 16 MiB; the rest is room for logs and images
INSTALL_BYTES = 1500 << 20  # the environment takes 680 MiB, its downloads as much again
OPTIONAL_BYTES = 100 << 20  # the optional services take 26 MiB more


def check_space(directory: Path, needed: int) -> None:
    """Raise DiskFullError unless ``needed`` bytes are free where the directory is, or will be."""
    there = next(path for path in (directory, *directory.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise DiskFullError(
            what=f"{free >> 20} MiB are free, {needed >> 20} MiB are needed",
            where=str(directory),
            what_to_do="free some space, or choose a directory on another disk",
        )


@contextlib.contextmanager
def full_disk_named(directory: Path) -> Iterator[None]:
    """Turn the system's 'no space left' (or quota) into a DiskFullError."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise DiskFullError(
            what="the disk ran full", where=str(directory), what_to_do="free some space, then do the same again"
        ) from error
