"""Up and down, in every order and interrupted anywhere: twice is once, and down leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hosts_fixture import Machines, Place, outside
from traces_of_hosts import inode_of_network, traces_of

from lab.errors import ShapeError
from lab.hosts.definition import load_definition, store_definition
from lab.hosts.errors import BaseTreeError, StateError
from lab.hosts.hosts import Hosts
from lab.hosts.shape import numbered
from lab.hosts.status import State
from lab.waiting import wait_until

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]

UP = """
import sys
from pathlib import Path
from lab.hosts.hosts import Hosts
from lab.hosts.shape import numbered
Hosts(directory=Path(sys.argv[1]), shape=numbered(tuple(sys.argv[2:]))).up(lambda line: print(line, flush=True))
"""


def quiet(_line: str) -> None:
    pass


def test_down_leaves_nothing(place: Place) -> None:
    """No process, group, mount or namespace; not even what somebody left running in the network. Twice is once."""
    hosts = place("lab")
    hosts.up(quiet)
    network = inode_of_network(hosts.layout)
    line = (
        Path(sys.executable).with_name("mutualis"),
        "lab",
        "hosts",
        "run",
        "--dir",
        hosts.layout.root,
        "sleep",
        "999",
    )
    with subprocess.Popen(line) as visitor:
        assert wait_until(hosts.layout.group.below("visitors").is_populated, seconds=120)
        assert len(traces_of(hosts.layout, network)) > 5
        assert hosts.down() == 1
        assert visitor.wait(120) != 0
    assert traces_of(hosts.layout, network) == []
    assert hosts.down() == 0


def killed_when(layout_of: Hosts, names: tuple[str, ...], moment: Callable[[], bool]) -> None:
    """Bring up in a process of its own, and kill that at the moment."""
    line = (sys.executable, "-c", UP, str(layout_of.layout.root), *names)
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as victim:
        assert wait_until(lambda: moment() or victim.poll() is not None, seconds=240, every=0.001)
        victim.kill()
    assert victim.returncode == -9


MOMENTS = {
    "at the first file": lambda hosts: hosts.layout.guard.exists(),
    "at the namespace": lambda hosts: hosts.layout.namespace.exists(),
    "at the cache": lambda hosts: hosts.layout.group.below("package-cache").path.exists(),
    "at the definition": lambda hosts: hosts.layout.definition.exists(),
    "at the machine's files": lambda hosts: any(hosts.layout.layers.rglob("00lab-cache")),
    "at the machine's group": lambda hosts: hosts.layout.group.below("one").path.exists(),
    "while it starts": lambda hosts: hosts.layout.group.below("one").below("payload").path.exists(),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_up_converges(place: Place, moment: str) -> None:
    """Down leaves nothing of what a killed up was doing; killed again, up finishes it."""
    hosts = place("lab")
    killed_when(hosts, ("one",), lambda: MOMENTS[moment](hosts))
    hosts.down(now=True)
    assert traces_of(hosts.layout) == []
    hosts.reset()
    killed_when(hosts, ("one",), lambda: MOMENTS[moment](hosts))
    hosts.up(quiet)
    assert Machines(hosts).said("one", "hostname -f; systemctl is-system-running") == "one\nrunning"
    hosts.down(now=True)
    assert traces_of(hosts.layout) == []


def test_a_machine_may_lose_its_power(place: Place) -> None:
    """One goes at once and the other stays; up brings the lost one back with what it had written."""
    hosts = place("lab", "one", "two")
    hosts.up(quiet)
    machines = Machines(hosts)
    machines.said("one", "echo kept > /srv/kept")
    since = machines.said("two", "cut -d' ' -f22 /proc/1/stat")
    assert hosts.down(("one",), now=True) == 1
    assert [one.state for one in hosts.status().machines] == [State.DOWN, State.UP]
    hosts.up(quiet)
    assert machines.said("one", "cat /srv/kept") == "kept"
    assert machines.said("two", "cut -d' ' -f22 /proc/1/stat") == since


def test_a_machine_may_reboot_itself(place: Place) -> None:
    """Its cables are plugged in again; also one that lets nobody in by SSH is ready, and has a console."""
    hosts = place("lab")
    hosts.up(quiet)
    machines = Machines(hosts)
    began = machines.said("one", "cut -d' ' -f22 /proc/1/stat")
    machines.on("one", "reboot")

    def since() -> str:
        return machines.on("one", "cut -d' ' -f22 /proc/1/stat").stdout.strip()

    assert wait_until(lambda: since() not in {"", began}, seconds=120, every=0.5)
    machines.said("one", "echo DenyUsers root debian > /etc/ssh/sshd_config.d/closed.conf; systemctl reload ssh")
    assert wait_until(lambda: machines.on("one", "true").returncode != 0, seconds=120, every=0.5)
    hosts.up(quiet)
    assert outside(*hosts.console("one", ("hostname",))).stdout == "one\n"


def test_machines_without_their_base_tree_do_not_start(place: Place) -> None:
    """What they wrote means nothing on another tree; the way out is named."""
    hosts = place("lab")
    hosts.up(quiet)
    hosts.down(now=True)
    definition = load_definition(hosts.layout)
    assert definition is not None
    store_definition(hosts.layout, replace(definition, identity="another"))
    with pytest.raises(BaseTreeError, match="made anew") as caught:
        hosts.up(quiet)
    assert "reset" in caught.value.what_to_do


def test_saved_state_comes_back(place: Place) -> None:
    """What was written since is gone, what was deleted since is there; a second state stands on the first."""
    hosts = place("lab")
    machines = Machines(hosts)
    hosts.up(quiet)
    with pytest.raises(StateError, match="one run"):
        hosts.save("first")
    machines.said("one", "echo 1 > /srv/first; rm /usr/bin/less")
    hosts.down()
    hosts.save("first")
    hosts.up(quiet)
    machines.said("one", "test ! -e /usr/bin/less; rm /srv/first; echo 2 > /srv/second")
    hosts.down()
    hosts.save("second")
    hosts.load("first")
    hosts.up(quiet)
    assert machines.said("one", "ls /srv; ls /usr/bin/less || true") == "first"
    hosts.down(now=True)
    hosts.load("second")
    hosts.up(quiet)
    assert machines.said("one", "ls /srv") == "second"
    hosts.down(now=True)
    with pytest.raises(StateError, match=r"saved: first, second"):
        hosts.load("third")


def test_two_folders_at_once(place: Place) -> None:
    """The same names and addresses twice, brought up together: each is a world of its own."""
    both = [place("a", "one", "two"), place("b", "one", "two")]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda hosts: hosts.up(quiet), both))
    for number, hosts in enumerate(both):
        Machines(hosts).said("one", f"echo {number} > /srv/mine")
        Machines(hosts).said("one", "ping -c 1 -W 60 two")
    assert [Machines(hosts).said("one", "cat /srv/mine") for hosts in both] == ["0", "1"]
    both[0].down(now=True)
    assert both[1].status().is_up
    assert traces_of(both[0].layout) == []


def test_reset_deletes_all_but_what_is_not_ours(place: Place) -> None:
    """Somebody's file stays, and the directory with it."""
    hosts = place("lab")
    hosts.up(quiet)
    mine = hosts.layout.root / "mine"
    mine.write_text("", encoding="ascii")
    hosts.reset()
    assert list(hosts.layout.root.iterdir()) == [mine]
    assert traces_of(hosts.layout) == []
    mine.unlink()


def test_a_machine_does_not_change_its_address(place: Place) -> None:
    """What it wrote belongs to it as it was: another shape is refused, one more machine is not."""
    hosts = place("lab")
    hosts.up(quiet)
    other = Hosts(directory=hosts.directory, shape=numbered(("zero", "one")))
    with pytest.raises(ShapeError, match="other names, addresses"):
        other.up(quiet)
    more = Hosts(directory=hosts.directory, shape=numbered(("one", "two")))
    more.up(quiet)
    assert Machines(more).said("two", "ping -c 1 -W 60 10.77.0.11 >/dev/null; hostname") == "two"
