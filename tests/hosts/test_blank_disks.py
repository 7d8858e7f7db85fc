"""Role `storage` takes blank disks alone: whatever a disk carries, it is refused and stays as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(300)]

SCRIPT = Path(__file__).parents[2] / "roles" / "storage" / "files" / "groups.py"
SIZE = 64 << 20
GIB = SIZE / (1 << 30)
Disk = Callable[[], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Yield a function that gives block devices, blank ones: loop devices over sparse files."""
    with ExitStack() as stack:

        def make() -> Path:
            file = tmp_path / f"disk-{len(list(tmp_path.glob('disk-*')))}"
            with file.open("wb") as new:
                new.truncate(SIZE)
            device = said("losetup", "--find", "--show", str(file)).strip()
            stack.callback(said, "losetup", "--detach", device)
            return Path(device)

        yield make


@pytest.fixture
def lvm(tmp_path: Path) -> Path:
    """A folder with LVM's commands in its place: this computer needs none, and has no device mapper."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "known.json").write_text('{"report": [{"pv": []}]}')
    programs = {"pvs": f"cat {folder}/known.json", "vgcreate": "", "vgextend": ""}
    for name, does in programs.items():
        (folder / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/called\n{does}\n')
        (folder / name).chmod(0o755)
    return folder


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def groups(lvm: Path, *arguments: str, **wanted: list[tuple[Path, float]]) -> subprocess.CompletedProcess[str]:
    """Run the role's script; a group -> its disks with the sizes that the spec says."""
    told = {name: [{"device": str(path), "size_gib": size} for path, size in disks] for name, disks in wanted.items()}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        input=json.dumps({"groups": told}),
        env={**os.environ, "PATH": f"{lvm}:{os.environ['PATH']}:/usr/sbin:/sbin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def made(lvm: Path) -> list[str]:
    """What LVM was asked to make."""
    return [line for line in (lvm / "called").read_text().splitlines() if not line.startswith("pvs")]


def test_blank_disks_become_a_group(lvm: Path, disk: Disk) -> None:
    """The first makes it, the second joins it."""
    one, two = disk(), disk()
    done = groups(lvm, volumes=[(one, GIB), (two, GIB)])
    assert done.stdout.splitlines() == [f"vgcreate volumes {one}", f"vgextend volumes {two}"], done.stderr
    assert made(lvm) == [f"vgcreate --yes volumes {one}", f"vgextend --yes volumes {two}"]


def test_a_check_says_what_would_be_made(lvm: Path, disk: Disk) -> None:
    """And makes nothing."""
    one = disk()
    assert groups(lvm, "check", volumes=[(one, GIB)]).stdout == f"vgcreate volumes {one}\n"
    assert made(lvm) == []


def test_a_disk_in_its_group_is_left_alone(lvm: Path, disk: Disk) -> None:
    """Whatever stands on it now: it is LVM's, and the group's."""
    one = disk()
    (lvm / "known.json").write_text(json.dumps({"report": [{"pv": [{"pv_name": str(one), "vg_name": "volumes"}]}]}))
    one.write_bytes(b"LABELONE" * 64)
    assert (groups(lvm, volumes=[(one, GIB)]).stdout, made(lvm)) == ("", [])


def format_ext4(device: Path) -> None:
    said("mkfs.ext4", "-q", str(device))


def divide(device: Path) -> None:
    """A table of partitions with one for Linux, from sector 2048 on."""
    entry = bytes((0, 0, 0, 0, 0x83, 0, 0, 0)) + (2048).to_bytes(4, "little") + (4096).to_bytes(4, "little")
    with device.open("r+b") as file:
        file.write(bytes(446) + entry + bytes(48) + b"\x55\xaa")


def write_data(device: Path) -> None:
    with device.open("r+b") as file:
        file.seek(5000)
        file.write(b"somebody's")


CARRIED = {"ext4": format_ext4, "dos": divide, "first MiB is not empty": write_data}


@pytest.mark.parametrize("what", CARRIED)
def test_a_disk_that_carries_anything_is_refused(lvm: Path, disk: Disk, what: str) -> None:
    """With the reason; the blank disk beside it is not touched either, nor is a byte of this one."""
    blank, used = disk(), disk()
    CARRIED[what](used)
    before = used.read_bytes()
    done = groups(lvm, volumes=[(blank, GIB), (used, GIB)])
    assert done.returncode != 0
    assert f"{used}: it" in done.stderr
    assert what in done.stderr
    assert made(lvm) == []
    assert used.read_bytes() == before


def test_another_disk_under_its_name_is_refused(lvm: Path, disk: Disk) -> None:
    """Names move when disks are plugged: the size tells."""
    done = groups(lvm, volumes=[(disk(), 2 * GIB)])
    assert (done.returncode, "the spec says" in done.stderr, made(lvm)) == (1, True, [])


def test_what_belongs_to_another_group_is_refused(lvm: Path, disk: Disk) -> None:
    """Its group is named."""
    one = disk()
    (lvm / "known.json").write_text(json.dumps({"report": [{"pv": [{"pv_name": str(one), "vg_name": "other"}]}]}))
    done = groups(lvm, volumes=[(one, GIB)])
    assert "it is a physical volume of other" in done.stderr
    assert made(lvm) == []


@pytest.mark.parametrize("name", ["/dev/nothing-here", "/etc/hostname"])
def test_what_is_no_disk_is_refused(lvm: Path, name: str) -> None:
    """It does not exist, or is an ordinary file."""
    done = groups(lvm, volumes=[(Path(name), GIB)])
    assert (done.returncode, name in done.stderr, made(lvm)) == (1, True, [])
