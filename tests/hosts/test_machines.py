"""The machines are what bare metal is to us: Debian with systemd, reached by SSH, installed from packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hosts_fixture import NAMES, Machines, outside

from lab.hosts.readiness import ssh

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]


@pytest.mark.parametrize("name", NAMES)
def test_machine_is_debian_under_systemd(machines: Machines, name: str) -> None:
    """Its init is systemd with nothing failed, it knows its own full name, and the release is 13."""
    said = machines.said(
        name, "cat /proc/1/comm; systemctl is-system-running; hostname -f; . /etc/os-release; echo $ID $VERSION_ID"
    )
    assert said.splitlines() == ["systemd", "running", name, "debian 13"]


def test_machines_reach_each_other(machines: Machines) -> None:
    """By name, from each to each."""
    for name in NAMES:
        machines.said(name, " && ".join(f"ping -c 1 -W 60 {other}" for other in NAMES))
    assert machines.hosts.status().is_up


def test_tunnel_cards_have_a_switch_of_their_own(machines: Machines) -> None:
    """Bare at first; with addresses they carry TCP between two machines, checksums and all."""
    for number, name in enumerate(NAMES[1:], start=1):
        machines.said(name, f"ip address replace 10.78.0.{number}/24 dev tun0 && ip link set tun0 up")
    serve = "systemd-run --quiet --unit=answer python3 -m http.server --bind 10.78.0.1 --directory /etc 8000"
    machines.said("compute-1", serve)
    fetch = "import urllib.request as u; print(u.urlopen('http://10.78.0.1:8000/hostname', timeout=60).read().decode())"
    wait = f'for i in $(seq 60); do python3 -c "{fetch}" 2>/dev/null && exit 0; sleep 1; done; exit 1'
    assert machines.said("compute-2", wait) == "compute-1"
    assert "tx-checksumming: off" in machines.said("compute-1", "ethtool -k tun0")
    assert machines.on("control-1", "ping -c 1 -W 2 10.78.0.1").returncode != 0


def test_packages_come_through_the_cache(machines: Machines) -> None:
    """A package is installed, on two machines at the same time; the second fetch needs no archive."""
    machines.said(
        "control-1", "apt-get -qq update && apt-get -qq install tree </dev/null >/dev/null 2>&1; tree --version"
    )
    machines.said("compute-1", "apt-get -qq install tree </dev/null >/dev/null 2>&1; tree --version")
    log = machines.hosts.layout.log_of("package-cache").read_text(encoding="utf-8")
    assert log.count("/tree_") == 2


def test_login_as_an_ordinary_user(machines: Machines) -> None:
    """Who may become root, and is not."""
    assert machines.on("compute-1", "id -un; sudo id -un", user="debian").stdout.split() == ["debian", "root"]


def test_machine_with_another_key_is_not_talked_to(machines: Machines, tmp_path: Path) -> None:
    """Host keys are known beforehand: who answers in a machine's place is refused."""
    layout = machines.hosts.layout
    other = layout.known_hosts.read_text(encoding="ascii").splitlines()[1].split(maxsplit=1)[1]
    (tmp_path / "known_hosts").write_text(f"{NAMES[0]} {other}\n", encoding="ascii")
    line = ssh(layout, NAMES[0], "true")
    wrong = outside(line[0], "-o", f"UserKnownHostsFile={tmp_path / 'known_hosts'}", *line[1:])
    assert (wrong.returncode, "Host key verification failed" in wrong.stderr) == (255, True)
    assert outside(*line).returncode == 0


def test_secrets_are_for_their_owner_only(machines: Machines) -> None:
    """Our key and the machines' keys, 0600 in a directory of 0700."""
    layout = machines.hosts.layout
    assert layout.root.stat().st_mode & 0o777 == 0o700
    private = [path for path in layout.keys.iterdir() if path.suffix != ".pub"]
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert sorted(path.name for path in private) == sorted(("user", *NAMES))
