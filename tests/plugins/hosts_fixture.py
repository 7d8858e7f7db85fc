"""Test hosts for tests: three running machines for those that do not break them, and a place for those that do."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab.hosts.commands import environment
from lab.hosts.hosts import Hosts
from lab.hosts.readiness import ssh
from lab.hosts.shape import numbered

NAMES = ("control-1", "compute-1", "compute-2")
_SECONDS = 240  # for one command, on a loaded computer
Ended = subprocess.CompletedProcess[str]
Place = Callable[..., Hosts]


@dataclass(frozen=True, slots=True)
class Machines:
    """Running test hosts, and how tests talk to them: by plain ssh, from outside."""

    hosts: Hosts

    def on(self, machine: str, command: str, *, user: str = "root") -> Ended:
        """Run a command there."""
        return outside(*ssh(self.hosts.layout, f"{user}@{machine}", command))

    def said(self, machine: str, command: str) -> str:
        """What it prints there; it must succeed."""
        done = self.on(machine, command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="session")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Yield three running machines; without root or systemd-nspawn this fails and says so."""
    hosts = Hosts(directory=tmp_path_factory.mktemp("hosts") / "lab", shape=numbered(NAMES))
    try:
        hosts.up(print)
        yield Machines(hosts)
    finally:
        hosts.reset()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Yield a function (folder's name, machines' names) that gives test hosts, down; they are deleted afterwards."""
    with ExitStack() as stack:

        def make(folder: str, *names: str) -> Hosts:
            hosts = Hosts(directory=tmp_path / folder, shape=numbered(names or ("one",)))
            stack.callback(hosts.reset)
            return hosts

        yield make


def outside(*command: str, variables: dict[str, str] | None = None, seconds: float = _SECONDS) -> Ended:
    """Run a command on the computer that carries the machines; `variables`: its whole environment."""
    return subprocess.run(
        command,
        env=environment() if variables is None else variables,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
    )
