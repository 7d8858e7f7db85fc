"""When the machines are ready: an SSH server answers on each, and systemd has nothing left to start."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from lab.hosts.commands import environment
from lab.hosts.kernel import inside_network
from lab.hosts.layout import HostsLayout
from lab.hosts.machine import MachineProcess
from lab.waiting import wait_until

SECONDS = 180
"""How long a machine may take; on an idle computer it needs three."""

_BANNER = 10  # seconds that a loaded computer may need to greet
_RUNNING = {"running", "degraded"}


def wait_until_ready(layout: HostsLayout, machines: Iterable[MachineProcess], progress: Callable[[str], None]) -> None:
    """Return when all are ready; raise MachineError for the first that is dead or too late."""
    began = time.monotonic()
    for one in machines:
        address = str(one.machine.interface.ip)
        wait_until(lambda: greets(layout.namespace, address) or not one.is_running(), seconds=SECONDS)  # noqa: B023 called at once
        if not one.is_running():
            raise one.death("has ended")
        state = _system_state(one)
        if state not in _RUNNING:
            raise one.death(f"does not become ready ({state or 'no answer'})")
        if not greets(layout.namespace, address):
            raise one.death(f"is {state}, but no SSH server answers at {address}")
        progress(f"{one.machine.name} {address} {state} after {time.monotonic() - began:.1f} s")


def greets(namespace: Path, address: str) -> bool:
    """Whether an SSH server answers at the address."""
    try:
        with inside_network(namespace), socket.create_connection((address, 22), timeout=_BANNER) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def ssh(layout: HostsLayout, name: str, *command: str) -> tuple[str, ...]:
    """Return the command line that logs in to the machine, or runs a command there."""
    return ("ssh", "-F", str(layout.ssh_config), name, *command)


def _system_state(machine: MachineProcess) -> str:
    """Wait until systemd says what has become of the start. Not by SSH, which a hardened machine refuses to root."""
    command = machine.inside("systemctl", "is-system-running", "--wait")
    try:
        done = subprocess.run(
            command,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"systemd is not done after {SECONDS} s"
    return done.stdout.strip()
