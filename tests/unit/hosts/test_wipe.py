"""The role `wipe`, run by Ansible on this machine with programs that only pretend: what it refuses, what it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DISK = "/dev/sdx"
FREE = [
    {"path": DISK, "type": "disk", "mountpoints": [None]},
    {"path": f"{DISK}1", "type": "part", "mountpoints": [None]},
]


@dataclass
class Machine:
    """`on_disk`: what lsblk tells; `groups`: what pvs prints, None: there is no pvs; `busy`: the kernel's own word."""

    folder: Path
    on_disk: list[dict[str, Any]] = field(default_factory=lambda: FREE)
    groups: str | None = None
    busy: bool = False

    def wipe(self, *options: str, device: str = DISK) -> subprocess.CompletedProcess[str]:
        programs = self.folder / "bin"
        programs.mkdir()
        empty = self.folder / "ansible.cfg"
        empty.touch()
        refusal = "echo 'probing initialization failed: Device or resource busy' >&2; exit 1" if self.busy else ""
        self._program("lsblk", f"echo '{json.dumps({'blockdevices': self.on_disk})}'")
        self._program("wipefs", f'echo "wipefs $@" >> {self.folder}/done\n{refusal}')
        self._program("blkdiscard", f'echo "blkdiscard $@" >> {self.folder}/done')
        if self.groups is not None:
            self._program("pvs", f"echo '{self.groups}'")
        told = {"mutualis_wiped_disk": device, "mutualis_disks": [{"device": DISK}], "ansible_become": False}
        return subprocess.run(
            [
                str(Path(sys.executable).with_name("ansible-playbook")),
                *("-i", "localhost,", "-c", "local", "-e", json.dumps(told), *options),
                str(ROOT / "playbooks" / "wipe.yml"),
            ],
            env={
                **os.environ,
                "PATH": f"{programs}:/usr/bin:/bin",
                "ANSIBLE_CONFIG": str(empty),
                "ANSIBLE_ROLES_PATH": str(ROOT / "roles"),
                "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
                "HOME": str(self.folder),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    @property
    def done(self) -> list[str]:
        record = self.folder / "done"
        return record.read_text("utf-8").splitlines() if record.exists() else []

    def _program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)


REFUSED = {
    "is in use: /srv": {"on_disk": [FREE[0], {**FREE[1], "mountpoints": ["/srv"]}]},
    "is in use: [SWAP]": {"on_disk": [FREE[0], {**FREE[1], "mountpoints": ["[SWAP]"]}]},
    "part of a running group: /dev/mapper/vg-lv": {
        "on_disk": [FREE[0], {"path": "/dev/mapper/vg-lv", "type": "lvm", "mountpoints": [None]}]
    },
    "part of a running group: /dev/md0": {
        "on_disk": [FREE[0], {"path": "/dev/md0", "type": "raid1", "mountpoints": [None]}]
    },
    "a volume group with volumes: volumes": {"groups": f"  {DISK}1,volumes,4"},
    "Device or resource busy": {"busy": True},
}
"""What is said of a disk -> why: mounted, swapped to, below a volume, in a RAID, in a group, held open."""


def test_a_free_disk_is_wiped_parts_first(tmp_path: Path) -> None:
    """Partitions before the table that names them; then its blocks are given back."""
    machine = Machine(tmp_path, groups=f"  {DISK}1,volumes,0")
    ended = machine.wipe()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert machine.done == [f"wipefs --all {DISK}1 {DISK}", f"blkdiscard --force {DISK}"]


@pytest.mark.parametrize("why", REFUSED)
def test_a_disk_in_use_is_refused(why: str, tmp_path: Path) -> None:
    """Nothing is discarded; the message names what holds it."""
    machine = Machine(tmp_path, **REFUSED[why])  # type: ignore[arg-type]  # fields of Machine
    ended = machine.wipe()
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert why in ended.stdout
    assert not any(line.startswith("blkdiscard") for line in machine.done)
    assert machine.busy or machine.done == []


def test_a_disk_of_no_spec_is_refused(tmp_path: Path) -> None:
    """Whatever the variable says."""
    machine = Machine(tmp_path)
    ended = machine.wipe(device="/dev/sda")
    assert "is no disk in the spec" in ended.stdout
    assert machine.done == []


def test_a_check_wipes_nothing(tmp_path: Path) -> None:
    """But it says what would be refused."""
    machine = Machine(tmp_path)
    assert machine.wipe("--check").returncode == 0
    assert machine.done == []
