"""What the machines are doing, for people and programs: plain frozen results."""

import os
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lab.hosts.definition import HostsDefinition
from lab.hosts.group import Group
from lab.hosts.layout import HostsLayout
from lab.hosts.machine import MachineProcess
from lab.hosts.readiness import greets
from lab.hosts.shape import Machine


class State(StrEnum):
    UP = "up"
    SILENT = "silent"  # runs, but its SSH server does not answer
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineStatus:
    """One machine: its processes, their memory (proportional set size) and what it wrote since the last saved state."""

    name: str
    address: str
    state: State
    log: Path
    processes: int = 0
    memory_bytes: int = 0
    disk_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsStatus:
    """All machines in the shape's order; empty if the directory holds none. ``states`` are the names of saved ones."""

    directory: Path
    ssh_config: Path
    machines: tuple[MachineStatus, ...]
    states: tuple[str, ...]

    @property
    def is_up(self) -> bool:
        return bool(self.machines) and all(machine.state is State.UP for machine in self.machines)


def status_of(layout: HostsLayout, definition: HostsDefinition | None) -> HostsStatus:
    machines = definition.shape.machines if definition else ()
    return HostsStatus(
        directory=layout.root,
        ssh_config=layout.ssh_config,
        machines=tuple(_status_of(layout, definition, machine) for machine in machines if definition),
        states=tuple(name for name, _ in definition.states) if definition else (),
    )


def _status_of(layout: HostsLayout, definition: HostsDefinition, machine: Machine) -> MachineStatus:
    process = MachineProcess(layout=layout, definition=definition, machine=machine)
    state = State.DOWN
    if process.is_running():
        state = State.UP if greets(layout.namespace, str(machine.interface.ip)) else State.SILENT
    return MachineStatus(
        name=machine.name,
        address=machine.address,
        state=state,
        log=process.log,
        processes=len(process.group.processes()),
        memory_bytes=_memory(process.group),
        disk_bytes=_disk(process.layers[0]),
    )


def _memory(group: Group) -> int:
    total = 0
    for pid in group.processes():
        with suppress(OSError, ValueError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    return total


def _disk(folder: Path) -> int:
    """Return the bytes of the blocks below a folder; what goes while it is counted does not count."""
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(f"{here}/{name}").st_blocks * 512
    return total
