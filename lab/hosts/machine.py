"""One machine as a process: systemd-nspawn on its layers, in the network of all, in a control group of its own."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lab.hosts.definition import HostsDefinition
from lab.hosts.errors import MachineError
from lab.hosts.group import Group
from lab.hosts.keeper import Keeper
from lab.hosts.launch import Launch, start
from lab.hosts.layout import HostsLayout
from lab.hosts.machine_files import has_machine_files, write_machine_files
from lab.hosts.network import cable, switch_name
from lab.hosts.shape import Machine

_TUN = Path("/dev/net/tun")  # Open vSwitch's own data path makes its interfaces by it
_PROPAGATE = Path("/run/systemd/nspawn/propagate")
_LAST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineProcess:
    """The machine of a shape as it runs, or not."""

    layout: HostsLayout
    definition: HostsDefinition
    machine: Machine

    @property
    def group(self) -> Group:
        return self.layout.group.below(self.machine.name)

    @property
    def log(self) -> Path:
        return self.layout.log_of(self.machine.name)

    @property
    def layers(self) -> tuple[Path, ...]:
        """Where the machine's part of each layer is, the topmost first; some may not exist."""
        return tuple(self.layout.layers / layer / self.machine.name for layer in self.definition.layers)

    def is_running(self) -> bool:
        return self.group.is_populated()

    def start(self, guard: int) -> "subprocess.Popen[bytes]":
        """Start it in the background; it runs once the process that this returns has ended."""
        top, *below = self.layers
        base = self.definition.base / "tree"
        top.mkdir(mode=0o755, parents=True, exist_ok=True)
        if not has_machine_files(self.layers):
            write_machine_files(self.layout, self.definition.shape, self.machine, top, base)
        work, tree = self.layout.work / self.machine.name, self.layout.trees / self.machine.name
        shutil.rmtree(work, ignore_errors=True)  # an unsynced overlay says there that it must not be used again
        work.mkdir(mode=0o700)
        tree.mkdir(mode=0o755, exist_ok=True)
        self.log.unlink(missing_ok=True)
        self.group.end()
        self.group.make()
        lower = ":".join(str(path) for path in (*below, base) if path.exists())
        launch = Launch(
            command=self._command(tree),
            group=str(self.group.path),
            guard=guard,
            namespace=str(self.layout.namespace),
            overlay=(lower, str(top), str(work), str(tree)),
            detached=True,
        )
        return start(launch, log=self.log)

    def _command(self, tree: Path) -> tuple[str, ...]:
        shape = self.definition.shape
        number = shape.machines.index(self.machine)
        ends = [(cable(number, at), nic) for at, nic in enumerate(self.machine.nics)]
        command = (
            *("env", "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1"),  # systemd 257 refuses cgroup v1
            *("systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--console=read-only"),
            *(f"--machine={self.layout.container(self.machine.name)}", f"--hostname={self.machine.name}"),
            *(f"--directory={tree}", "--resolv-conf=off", "--timezone=off", "--link-journal=no"),
            *("--private-network", *(f"--network-veth-extra={end}:{nic.name}" for end, nic in ends)),
            *((f"--bind={_TUN}",) if _TUN.exists() else ()),
        )
        cables = tuple((end, switch_name(shape.switches.index(nic.switch))) for end, nic in ends)
        return Keeper(command=command, cables=cables).program

    def inside(self, *command: str) -> tuple[str, ...]:
        """Return the command line that runs a command in the machine without SSH; MachineError if it has no init."""
        init = _direct(self.group.below("payload/init.scope"))
        if not init:
            raise self.death("is not running")
        spaces = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd")
        return ("nsenter", "--target", str(init[0]), *spaces, "--", *command)

    def ask_to_stop(self) -> None:
        """Ask for an orderly power-off: nspawn, told to end, tells the machine's init."""
        for pid in _direct(self.group.below("supervisor")) or _direct(self.group):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def cut_power(self) -> None:
        """End it as it is, and remove what is left of it outside its tree."""
        self.group.end()
        with suppress(OSError):
            (_PROPAGATE / self.layout.container(self.machine.name)).rmdir()

    def death(self, what: str) -> MachineError:
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        said = " | ".join(text.splitlines()[-_LAST_LINES:]) or "nothing"
        return MachineError(
            what=f"{what}; it said last: {said}",
            where=self.machine.name,
            what_to_do="read its log; `mutualis lab hosts down`, then `up`, starts it again",
            log=self.log,
        )


def _direct(group: Group) -> tuple[int, ...]:
    try:
        return tuple(map(int, (group.path / "cgroup.procs").read_text(encoding="ascii").split()))
    except OSError:
        return ()
