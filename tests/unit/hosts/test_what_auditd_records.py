"""What auditd is told on a machine: each program with another's rights once, and seals that wait for the boot."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

FILES = Path(__file__).parents[3] / "roles" / "hardening" / "files"
RULE = "-a always,exit -F path={} -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged"


@dataclass(frozen=True, slots=True)
class Machine:
    """Folders in place of a machine's, and programs in place of those that ask its kernel."""

    root: Path

    @property
    def rules(self) -> Path:
        return self.root / "rules.d"

    @property
    def own(self) -> Path:
        return self.rules / "55-region-privileged.rules"

    def program(self, name: str, mode: int = 0o4755) -> Path:
        path = self.root / "disk" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        path.chmod(mode)
        return path

    def answers(self, name: str, script: str) -> None:
        """A command that the scripts ask, with this answer."""
        path = self.root / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def privileged(self, how: str) -> list[str]:
        """What the script says."""
        self.answers("findmnt", f"echo '{self.root}/disk rw,relatime'; echo '{self.root} rw,nosuid'")
        script = (FILES / "privileged.py").read_text("utf-8").replace("/etc/audit/rules.d", str(self.rules))
        return self.run(sys.executable, "-c", script, how)

    def run(self, *command: str) -> list[str]:
        path = f"{self.root}/bin:{os.environ['PATH']}"
        done = subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    found = Machine(tmp_path)
    found.rules.mkdir()
    return found


def test_each_program_with_anothers_rights_gets_a_rule(machine: Machine) -> None:
    """Of its owner or its group; others get none, and a second run has nothing to tell."""
    user, group = machine.program("su"), machine.program("write", 0o2755)
    machine.program("ls", 0o755)
    assert len(machine.privileged("make")) == 3
    assert machine.own.read_text("utf-8").splitlines()[1:] == [RULE.format(user), RULE.format(group)]
    assert machine.own.stat().st_mode & 0o777 == 0o640
    assert machine.privileged("make") == []


def test_rules_follow_what_packages_bring_and_take(machine: Machine) -> None:
    """The one that came is told, and so is the one that went."""
    gone = machine.program("su")
    machine.privileged("make")
    gone.unlink()
    came = machine.program("fusermount3")
    assert machine.privileged("make") == [f"+ {RULE.format(came)}", f"- {RULE.format(gone)}"]


def test_a_check_tells_and_writes_nothing(machine: Machine) -> None:
    """Check mode shows the rules that a run would write."""
    machine.program("su")
    assert len(machine.privileged("tell")) == 2
    assert not machine.own.exists()


def test_a_program_that_has_a_rule_gets_no_second(machine: Machine) -> None:
    """The kernel takes a rule once: auditctl would stop there, and none that stand after it would count."""
    sudo = machine.program("sudo")
    (machine.rules / "50-region-sudo.rules").write_text(f"{RULE.format(sudo)}\n", encoding="utf-8")
    machine.privileged("make")
    assert str(sudo) not in machine.own.read_text("utf-8")


@pytest.mark.parametrize(("sealed", "made"), [("enabled 1", True), ("enabled 2", False)])
def test_sealed_rules_wait_for_the_boot(machine: Machine, sealed: str, *, made: bool) -> None:
    """Until then they are no change of each run: nothing could take them."""
    machine.answers("systemd-detect-virt", "exit 1")
    machine.answers("systemctl", "exit 0")
    machine.answers("augenrules", f'[ "$1" = --check ] || touch {machine.root}/loaded; echo Rules have changed')
    machine.answers("auditctl", f"echo '{sealed}'")
    said = machine.run("/bin/sh", "-c", (FILES / "audit.sh").read_text("utf-8"))
    assert ("made" in said, (machine.root / "loaded").exists()) == (made, made)
