"""People and programs reach the machines from outside: by ssh, by Ansible, and by entering their network."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hosts_fixture import NAMES, Machines, outside

from lab.hosts.commands import environment
from lab.hosts.readiness import greets
from lab.waiting import wait_until

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]

MUTUALIS = str(Path(sys.executable).with_name("mutualis"))
ANSIBLE = Path(sys.executable).with_name("ansible")
SERVE = "systemd-run --quiet --collect --unit=api python3 -m http.server --bind {} --directory /etc 8774"
READ = "import urllib.request as u; print(u.urlopen('http://{}:8774/hostname', timeout=60).read().decode().strip())"


def hosts_command(machines: Machines, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return outside(MUTUALIS, "lab", "hosts", name, "--dir", str(machines.hosts.layout.root), *words)


def read_through(door: Path) -> str:
    """What the API says at the other end of a Unix socket; "" if nobody answers."""
    connection = http.client.HTTPConnection("api", timeout=60)
    try:
        with socket.socket(socket.AF_UNIX) as connection.sock:
            connection.sock.settimeout(60)
            connection.sock.connect(str(door))
            connection.request("GET", "/hostname")
            return connection.getresponse().read().decode().strip()
    except (OSError, http.client.HTTPException):
        return ""


def test_knocking_often_shuts_no_door(machines: Machines) -> None:
    """An SSH server turns those away who connect and leave; here everybody comes from one address."""
    layout, (one, *_) = machines.hosts.layout, machines.hosts.status().machines
    assert {greets(layout.namespace, one.address.split("/")[0]) for _ in range(60)} == {True}


def test_ssh_passes_command_and_exit_code_on(machines: Machines) -> None:
    """Options behind the machine's name are the command's."""
    done = hosts_command(machines, "ssh", NAMES[1], "uname", "-n;", "exit", "7")
    assert (done.stdout, done.returncode) == (f"{NAMES[1]}\n", 7)


def test_a_machine_that_is_none_is_refused(machines: Machines) -> None:
    """And told which ones there are."""
    done = hosts_command(machines, "ssh", "compute-9", "true")
    assert (done.returncode, "choose among control-1, compute-1, compute-2" in done.stderr) == (3, True)


def test_an_api_in_there_is_reached_by_name(machines: Machines) -> None:
    """`run` enters the network, where the machines' names are known; the same name means nothing outside."""
    machines.said(NAMES[0], SERVE.format(NAMES[0]))
    read = (sys.executable, "-c", READ.format(NAMES[0]))
    assert wait_until(lambda: hosts_command(machines, "run", *read).stdout == f"{NAMES[0]}\n", seconds=120, every=1)
    assert outside(*read).returncode != 0


def test_ssh_forwards_a_port_of_loopback(machines: Machines, tmp_path: Path) -> None:
    """What cannot enter the network reaches an API by a Unix socket, or a port of loopback, that ssh carries."""
    machines.said(NAMES[1], SERVE.format(NAMES[1]))
    config, door = str(machines.hosts.layout.ssh_config), tmp_path / "api"
    line = ("ssh", "-F", config, "-N", "-o", "ExitOnForwardFailure=yes", "-L", f"{door}:{NAMES[1]}:8774", NAMES[1])
    with subprocess.Popen(line, env=environment(), stdin=subprocess.DEVNULL) as forwarder:
        try:
            assert wait_until(lambda: read_through(door) == NAMES[1], seconds=120, every=1)
        finally:
            forwarder.send_signal(signal.SIGTERM)


def test_ansible_needs_nothing_but_the_file(machines: Machines, tmp_path: Path) -> None:
    """Told by one variable of its environment; by name, and by address as an inventory of specs has it."""
    inventory = tmp_path / "hosts.ini"
    inventory.write_text(f"{NAMES[0]}\nother ansible_host=10.77.0.12\n", encoding="ascii")
    told = os.environ | {
        "ANSIBLE_SSH_COMMON_ARGS": f"-F {machines.hosts.layout.ssh_config}",
        "ANSIBLE_HOME": str(tmp_path),
        "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
    }
    line = (str(ANSIBLE), "all", "-i", str(inventory), "-u", "debian", "-b", "-m", "command", "-a", "hostname", "-o")
    done = subprocess.run(line, env=told, capture_output=True, text=True, cwd=tmp_path, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"(stdout) {name}" in done.stdout for name in NAMES[:2])


def test_status_says_what_runs(machines: Machines) -> None:
    """One line a machine, and 0 because all are up."""
    done = hosts_command(machines, "status")
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["up", name] for name in NAMES]


def test_up_again_starts_nothing(machines: Machines) -> None:
    """Every process of the machines is the one that it was."""
    before = machines.said(NAMES[0], "cut -d' ' -f22 /proc/1/stat")
    done = hosts_command(machines, "up")
    assert (done.returncode, "starting" in done.stderr) == (0, False)
    assert machines.said(NAMES[0], "cut -d' ' -f22 /proc/1/stat") == before
