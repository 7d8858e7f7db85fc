"""What the kernel is told at boot: arguments take the place of those of the same name, and once is enough."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "roles" / "hardening" / "files" / "boot.sh"


@pytest.fixture
def grub(tmp_path: Path) -> Path:
    """A folder with a program that counts how often the menu was written, and GRUB's settings."""
    program = tmp_path / "update-grub"
    program.write_text(f"#!/bin/sh\necho written >>{tmp_path}/menu\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "grub").write_text('GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="console=ttyS0 mds=off"\n', encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    command = ["/bin/sh", str(SCRIPT), str(folder / "grub"), *arguments]
    environment = {"PATH": f"{folder}:/usr/bin:/bin"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


def test_an_argument_takes_the_place_of_its_name(grub: Path) -> None:
    """Others stay; the rest of the file stays."""
    assert run(grub, "mds=full", "mce=0") == "made\n"
    lines = (grub / "grub").read_text("utf-8").splitlines()
    assert lines == ["GRUB_TIMEOUT=5", 'GRUB_CMDLINE_LINUX="console=ttyS0 mds=full mce=0"']


def test_twice_is_once(grub: Path) -> None:
    """The menu is not written again."""
    run(grub, "mds=full", "mce=0")
    assert run(grub, "mds=full", "mce=0") == ""
    assert (grub / "menu").read_text("utf-8") == "written\n"


def test_a_machine_without_grub_is_left_alone(grub: Path) -> None:
    """A container has no boot loader."""
    (grub / "grub").unlink()
    assert run(grub, "mce=0") == ""
    assert not (grub / "menu").exists()
