"""A directory that a lab has for itself: claimed before anything is written, emptied of what the lab wrote."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from lab.errors import DirectoryError


def claim(root: Path, guard: Path, *, whose: str, unfit: frozenset[str], carrier: str) -> None:
    """Make the directory, 0700; refuse one that is somebody else's, or whose path holds ``unfit`` characters.

    ``guard``: stands in it once it was claimed. ``whose``: its files, in words; ``carrier``: what misreads the path.
    Raises DirectoryError.
    """
    if bad := sorted(unfit & set(str(root))):
        raise DirectoryError(
            what=f"its path holds {' '.join(map(repr, bad))}, which {carrier} cannot carry",
            where=str(root),
            what_to_do="choose another directory",
        )
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not guard.exists() and any(root.iterdir()):
            raise DirectoryError(
                what=f"holds files that are not {whose}",
                where=str(root),
                what_to_do="choose an empty or new directory",
            )
        root.chmod(0o700)
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise DirectoryError(
            what=f"cannot be used ({error.strerror})", where=str(root), what_to_do="choose another directory"
        ) from error


def clear(contents: Iterable[Path]) -> None:
    """Delete these files and directories; other files beside them stay."""
    for path in contents:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def leave(root: Path) -> None:
    """Delete the directory, unless somebody's files are in it."""
    if not any(root.iterdir()):
        root.rmdir()
