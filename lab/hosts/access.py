"""How the machines are reached: a key of ours, a host key for each, and the files by which plain ssh knows both.

The way into their network is ``lab.hosts.doorway``, which ssh calls for each connection.
"""

import shlex
import sys
from pathlib import Path

from lab.hosts.key_pair import make_key_pair
from lab.hosts.layout import HostsLayout
from lab.hosts.shape import HostsShape, Machine
from lab.private_file import write_private

USER_KEY = "user"


def make_access(layout: HostsLayout, shape: HostsShape) -> None:
    """Make the keys that are missing; write ssh's files and the visitors' /etc/hosts."""
    for name in (USER_KEY, *(machine.name for machine in shape.machines)):
        make_key_pair(layout.keys / name)
    write_private(layout.known_hosts, "".join(_known(layout, machine) for machine in shape.machines))
    write_private(layout.ssh_config, _configuration(layout, shape))
    write_visible(layout.hosts_file, hosts_lines(shape))


def public_key(layout: HostsLayout, name: str) -> str:
    return (layout.keys / f"{name}.pub").read_text(encoding="ascii")


def hosts_lines(shape: HostsShape) -> str:
    """Return the text of an /etc/hosts that knows every machine."""
    named = [(str(machine.interface.ip), machine.name) for machine in shape.machines]
    lines = [
        "127.0.0.1 localhost",
        *(f"{ip} {name}" for ip, name in named),
        *(f"{ip} {name}" for name, ip in shape.names),
    ]
    return "\n".join(lines) + "\n"


def write_visible(path: Path, text: str) -> None:
    """Write a file that everybody may read, as /etc/hosts must be."""
    write_private(path, text)
    path.chmod(0o644)


def _known(layout: HostsLayout, machine: Machine) -> str:
    kind, key = public_key(layout, machine.name).split()[:2]
    return f"{machine.name} {kind} {key}\n"


def _configuration(layout: HostsLayout, shape: HostsShape) -> str:
    door = (sys.executable, "-P", "-m", "lab.hosts.doorway", str(layout.namespace))
    lines = ["# Written by `mutualis lab hosts up`: ssh and Ansible reach the test hosts by `ssh -F` this file."]
    for machine in shape.machines:
        ip = machine.interface.ip
        lines += [f"Host {machine.name} {ip}", f"  HostName {ip}", f"  HostKeyAlias {machine.name}"]
    lines += [
        "Host *",
        f"  ProxyCommand {shlex.join(door)} %h %p",
        "  ProxyUseFdpass yes",
        "  User root",
        f"  IdentityFile {layout.keys / USER_KEY}",
        "  IdentitiesOnly yes",
        f"  UserKnownHostsFile {layout.known_hosts}",
        "  GlobalKnownHostsFile none",
        "  StrictHostKeyChecking yes",
        "  CheckHostIP no",
        "  PasswordAuthentication no",
        "  LogLevel ERROR",
    ]
    return "\n".join(lines) + "\n"
