"""Test machines that answer at as many addresses as hosts are wanted; taken down by `down`, whatever `up` reached.

    python machines.py up FOLDER MACHINES HOSTS
    python machines.py down FOLDER

Runs with the product's Python, as root. Each address is a host of its own to SSH and to Ansible: a connection each, as
with real machines; their tasks share the machines' processors. `up` writes `FOLDER/ssh_config`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lab.errors import LabError
from lab.hosts.hosts import Hosts
from lab.hosts.readiness import ssh
from lab.hosts.shape import numbered

FIRST = 100  # machines themselves stand below
SSHD = "MaxStartups 300\\nMaxSessions 100\\n"  # one machine greets the connections of many hosts at once


def address(host: int) -> str:
    """Of host 0 and so on; `set_ups.region` knows them by the same rule."""
    return f"10.77.0.{FIRST + host}"


def main() -> None:
    action, folder = sys.argv[1], Path(sys.argv[2])
    try:
        if action == "down":
            Hosts(directory=folder / "machines").reset()
        else:
            up(folder, int(sys.argv[3]), int(sys.argv[4]))
    except LabError as error:
        sys.exit(str(error))


def up(folder: Path, machines: int, hosts: int) -> None:
    names = tuple(f"machine-{number}" for number in range(machines))
    lab = Hosts(directory=folder / "machines", shape=numbered(names))
    lab.up(lambda line: print(line, file=sys.stderr))
    lines = [f"Include {lab.layout.ssh_config}"]  # at first: below a `Host` line it would be that host's only
    for number, name in enumerate(names):
        mine = [address(host) for host in range(number, hosts, machines)]
        commands = [f"ip address add {one}/24 dev eno1" for one in mine]
        commands += [f"printf '{SSHD}' > /etc/ssh/sshd_config.d/90-many.conf", "systemctl reload ssh"]
        subprocess.run(ssh(lab.layout, name, " && ".join(commands)), check=True)
        lines += [f"Host {' '.join(mine)}", f"  HostKeyAlias {name}"] if mine else []
    (folder / "ssh_config").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
