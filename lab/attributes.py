"""Extended attributes of files: Swift keeps there what it knows of an object, and archives leave them out."""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from lab.errors import DirectoryError

Attributes = Mapping[str, Mapping[str, str]]
_OURS = "user."  # the only name space that a process without rights may write


def check_attributes(directory: Path) -> None:
    """Raise DirectoryError if files there cannot have them, as on some network and memory file systems."""
    probe = directory / "attributes.probe"
    probe.touch()
    try:
        os.setxattr(probe, f"{_OURS}probe", b"1")
    except OSError as error:
        raise DirectoryError(
            what=f"lies on a file system whose files have no extended attributes ({error.strerror}), which Swift needs",
            where=str(directory),
            what_to_do="choose a directory on another file system (ext4, xfs, btrfs), or do without Swift",
        ) from error
    finally:
        probe.unlink()


def read_attributes(directory: Path) -> Attributes:
    """Return the attributes of each file below a directory that has any, by relative path; values in base 64."""
    found = {path: _of(path) for path in directory.rglob("*") if path.is_file()}
    return {str(path.relative_to(directory)): values for path, values in found.items() if values}


def write_attributes(directory: Path, attributes: Attributes) -> None:
    """Give files below a directory the attributes that ``read_attributes`` returned; ValueError if one is not below."""
    for path, values in attributes.items():
        if not (directory / path).resolve().is_relative_to(directory.resolve()):
            raise ValueError(f"it has attributes of {path}, which lies outside of it")
        for name, value in values.items():
            os.setxattr(directory / path, name, base64.b64decode(value))


def _of(path: Path) -> dict[str, str]:
    names = [name for name in os.listxattr(path) if name.startswith(_OURS)]
    return {name: base64.b64encode(os.getxattr(path, name)).decode("ascii") for name in names}
