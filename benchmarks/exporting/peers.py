"""Other exporters of an OpenStack's capacity, where they are installed."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exporting.server_process import Served, free_port, served

OPENSTACK_EXPORTER, OS_CAPACITY, DEBIANS = "openstack-exporter", "os_capacity", "prometheus-openstack-exporter"
CLOUD = "mutualis-lab"
START_LIMIT = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """`name`: as it is called; `command`: its path."""

    name: str
    command: Path

    @contextmanager
    def started(self, clouds: Path, log: Path, *options: str) -> Iterator[Served]:
        """Ready to be asked for its metrics. `options`: further ones of its own."""
        port = free_port()
        where = f"127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OS_")}
        if self.name == OPENSTACK_EXPORTER:
            command = [
                self.command,
                f"--os-client-config={clouds}",
                f"--web.listen-address={where}",
                *options,
                CLOUD,
            ]
        else:
            command = [self.command]
            environment |= {"OS_CLIENT_CONFIG_FILE": str(clouds), "OS_CLOUD": CLOUD}
            environment |= {"OS_CAPACITY_EXPORTER_PORT": str(port), "OS_CAPACITY_EXPORTER_LISTEN_ADDRESS": "127.0.0.1"}
            environment["PYTHONUNBUFFERED"] = "1"
        with served(command, log, f"http://{where}/metrics", environment) as server:
            server.wait("ready", lambda: self._is_ready(server, log), START_LIMIT)
            yield server

    def _is_ready(self, server: Served, log: Path) -> bool:
        """os_capacity collects once before it serves what it collects."""
        if self.name == OPENSTACK_EXPORTER:
            return server.answers("/")
        return "Collect complete" in log.read_text("utf-8", "replace")


def add_options(options: argparse.ArgumentParser) -> None:
    """Where the peers are, if they are not on PATH."""
    options.add_argument("--openstack-exporter", metavar="FILE", help="its binary [default: from PATH]")
    options.add_argument("--os-capacity", metavar="FILE", help="its command os_capacity [default: from PATH]")


def found(given: argparse.Namespace) -> tuple[Peer, ...]:
    """Those that are here; of the others it is said that they are not."""
    wanted = {OPENSTACK_EXPORTER: given.openstack_exporter, OS_CAPACITY: given.os_capacity}
    peers = []
    for name, path in wanted.items():
        command = path or shutil.which(name)
        if command and Path(command).exists():
            peers.append(Peer(name=name, command=Path(command).absolute()))
        else:
            print(f"{name}: not run, it is not installed here")
    print(f"{DEBIANS}: not run, {_debians()}")
    return tuple(peers)


def _debians() -> str:
    """Debian 12's 0.1.4 is written for Python 2 and ends at once."""
    command = shutil.which(DEBIANS)
    if command is None:
        return "it is not installed here"
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=False, timeout=START_LIMIT)
    said = (done.stderr or done.stdout).strip().splitlines()
    return f"as packaged it ends with {said[-1]}" if done.returncode else "nobody has written how to measure it"
