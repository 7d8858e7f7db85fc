"""A full disk is called a full disk."""

import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from lab.cloud import Cloud
from lab.disk import check_space, full_disk_named
from lab.errors import DiskFullError


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_up_asks_for_space_before_it_starts_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 10 MiB free nothing is begun, and the error says how much is needed."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 30, (1 << 30) - (10 << 20), 10 << 20))
    cloud = Cloud(directory=tmp_path / "lab", python=Path("/nowhere"))
    with pytest.raises(DiskFullError, match="10 MiB are free, 200 MiB are needed"):
        cloud.up(print)
    assert not cloud.layout.state.exists()


def test_space_is_measured_where_the_directory_will_be(tmp_path: Path) -> None:
    """A directory that does not exist yet is no obstacle."""
    check_space(tmp_path / "not" / "yet", 1)
    with pytest.raises(DiskFullError):
        check_space(tmp_path / "not" / "yet", 1 << 60)


def test_a_disk_that_runs_full_meanwhile_is_named(tmp_path: Path) -> None:
    """ENOSPC becomes a DiskFullError; any other error of the system stays what it is."""
    with pytest.raises(DiskFullError), full_disk_named(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(PermissionError), full_disk_named(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")
