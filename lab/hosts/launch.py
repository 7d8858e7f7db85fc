"""The program through which every process of the test hosts starts: it takes its place, then becomes the command.

``python -P -m lab.hosts.launch JSON``: a ``Launch`` as JSON. Whatever happens to who started it, the process is in its
group before it does anything, so that the next command finds it; until then it holds the guard.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.hosts import kernel
from lab.hosts.commands import environment
from lab.hosts.group import Group

_WORKS_NOT = 126  # the shell's exit code for "found, but cannot be run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """A command and its place; paths as text.

    ``group``: control group to join. ``guard``: descriptor that is held until then. ``namespace``: network to enter.
    ``overlay``: (lower layers with ``:`` between, upper, work, target) to mount for it alone. ``hosts_file``: stands in
    for /etc/hosts. ``detached``: goes on in the background; otherwise it dies with its parent.
    """

    command: tuple[str, ...]
    group: str = ""
    guard: int = -1
    namespace: str = ""
    overlay: tuple[str, str, str, str] | None = None
    hosts_file: str = ""
    detached: bool = False

    def take_place(self) -> None:
        """Do all but the command itself. Raises OSError."""
        if not self.detached:
            kernel.end_with_parent()
        if self.group:
            Group(Path(self.group)).join()
        if self.guard >= 0:
            os.close(self.guard)
        if self.detached and os.fork():
            os._exit(0)
        if self.detached:
            os.setsid()
        self.enter()

    def enter(self) -> None:
        """Enter the network, with mounts of its own."""
        if self.namespace:
            kernel.enter_network(Path(self.namespace))
        kernel.own_mounts()
        if self.overlay:
            lower, upper, work, target = self.overlay
            layers = tuple(map(Path, lower.split(":")))
            kernel.mount_overlay(lower=layers, upper=Path(upper), work=Path(work), target=Path(target))
        if self.hosts_file:
            kernel.mount_file(Path(self.hosts_file), Path("/etc/hosts"))


def start(launch: Launch, *, log: Path) -> "subprocess.Popen[bytes]":
    """Start it, its words going to ``log``. A detached one has begun, in its group, once this process has ended."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            (sys.executable, "-P", "-m", "lab.hosts.launch", json.dumps(asdict(launch))),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            cwd="/",
            pass_fds=(launch.guard,) if launch.guard >= 0 else (),
        )
    finally:
        os.close(descriptor)


def main(text: str) -> None:
    data: dict[str, Any] = json.loads(text)
    overlay = tuple(data.pop("overlay") or ()) or None
    launch = Launch(**data | {"command": tuple(data["command"]), "overlay": overlay})
    try:
        launch.take_place()
        os.execvp(launch.command[0], launch.command)  # noqa: S606 no shell is wanted
    except OSError as error:
        sys.stderr.write(f"cannot start {launch.command[0]}: {error}\n")
        sys.exit(_WORKS_NOT)


if __name__ == "__main__":
    main(sys.argv[1])
