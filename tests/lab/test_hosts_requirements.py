"""Whoever lacks something for test hosts is told what, and how to get it, before anything is made."""

import os
from pathlib import Path

import pytest

from lab.errors import DirectoryError
from lab.hosts import requirements
from lab.hosts.errors import RequirementError
from lab.hosts.hosts import Hosts
from lab.hosts.layout import HostsLayout
from lab.hosts.shape import numbered


def test_ordinary_user_is_told_of_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And of the embedded cloud, which needs none; no directory is made."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    hosts = Hosts(directory=tmp_path / "lab", shape=numbered(("one",)))
    for command in (lambda: hosts.up(print), hosts.down, hosts.reset, lambda: hosts.visit(("true",))):
        with pytest.raises(RequirementError, match="needs root"):
            command()
    assert not (tmp_path / "lab").exists()


def test_missing_programs_are_named_by_their_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each package once, in the command that installs them."""
    for program in ("ip", "unshare", "nsenter", "apt-config"):
        (tmp_path / program).symlink_to("/bin/true")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(requirements, "system_path", lambda: str(tmp_path))
    monkeypatch.setattr(requirements, "KEYRING", tmp_path / "none")
    with pytest.raises(RequirementError) as caught:
        requirements.check_requirements()
    packages = "debian-archive-keyring mmdebstrap openssh-client systemd-container"
    assert caught.value.what_to_do == f"apt-get install --no-install-recommends {packages}"


@pytest.mark.parametrize("name", ["a:b", "a,b", "a b"])
def test_path_that_mount_misreads_is_refused(tmp_path: Path, name: str) -> None:
    """Layers are told apart by colons, options by commas."""
    with pytest.raises(DirectoryError, match="mount options cannot carry"):
        HostsLayout(tmp_path / name).claim_root()


def test_directory_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Somebody's home directory does not become test hosts."""
    (tmp_path / "mine").write_text("", encoding="ascii")
    with pytest.raises(DirectoryError, match="are not test hosts'"):
        HostsLayout(tmp_path).claim_root()
