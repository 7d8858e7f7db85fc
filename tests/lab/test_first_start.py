"""A first start from nothing, whose supervisor is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cloud_fixture import SHAPE

from lab.cloud import Cloud
from lab.control_plane import PLACEMENT
from lab.definition import load_passwords
from lab.process import figures
from lab.rest import Rest
from lab.shape import as_text
from lab.waiting import wait_until

pytestmark = pytest.mark.cloud

SUPERVISOR = """
import json, sys
from pathlib import Path
from lab.cloud import Cloud
from lab.shape import shape_of_json
Cloud(directory=Path(sys.argv[1]), python=Path(sys.argv[2]), shape=shape_of_json(json.loads(sys.argv[3]))).up(print)
"""


@pytest.fixture
def fresh(openstack_python: Path, tmp_path: Path) -> Iterator[Cloud]:
    """Yield a cloud that has never been up; it is stopped afterwards."""
    cloud = Cloud(directory=tmp_path / "lab", shape=SHAPE, python=openstack_python)
    try:
        yield cloud
    finally:
        cloud.reset()


class ArgumentsWatch(threading.Thread):
    """Looks at every process's arguments, again and again, for one of the cloud's passwords."""

    def __init__(self, cloud: Cloud) -> None:
        super().__init__(daemon=True)
        self._cloud = cloud
        self._done = threading.Event()
        self.looks = 0
        self.found: set[str] = set()

    def run(self) -> None:
        while not self._done.wait(0.2):
            if self._cloud.layout.passwords.exists():
                self._look([password.encode() for password in load_passwords(self._cloud.layout).values()])

    def _look(self, passwords: list[bytes]) -> None:
        self.looks += 1
        for process in Path("/proc").glob("[0-9]*"):
            try:
                arguments = (process / "cmdline").read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            if any(password in arguments for password in passwords):
                self.found.add(arguments.decode(errors="replace"))

    def end(self) -> None:
        self._done.set()
        self.join()


def _kill_supervisor_while_tables_are_made(cloud: Cloud) -> None:
    command = [sys.executable, "-c", SUPERVISOR, str(cloud.directory), str(cloud.python), as_text(SHAPE)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as supervisor:
        assert wait_until(cloud.layout.tables_made(PLACEMENT).exists, seconds=60)
        os.kill(supervisor.pid, signal.SIGKILL)
    assert not cloud.layout.registered.exists()


def test_up_finishes_what_a_killed_up_began(fresh: Cloud) -> None:
    """The second up takes the living services over, starts no second one, and makes the cloud ready.

    Meanwhile no password ever stands among any process's arguments. A service that joins later is the only one started.
    """
    watch = ArgumentsWatch(fresh)
    watch.start()
    _kill_supervisor_while_tables_are_made(fresh)
    survivors = {service.name: service.pid for service in fresh.status().services if service.pid}
    ready = fresh.up(print)
    watch.end()
    assert watch.looks > 10
    assert not watch.found
    assert ready.status.is_up
    pids = {service.name: service.pid for service in ready.status.services}
    assert {name: pids[name] for name in survivors} == survivors
    assert survivors
    assert all(figures(pid) for pid in survivors.values())
    _check_only_an_installer_s_work(fresh)
    joined = replace(fresh, optional=("swift",)).up(print)
    assert joined.started == ("swift",)
    assert [service.name for service in fresh.status().services] == [*pids, "swift"]


def _check_only_an_installer_s_work(cloud: Cloud) -> None:
    """Aggregates, flavors, volume types and networks are Mutualis' own to make."""
    base = json.loads(cloud.layout.definition.read_text())["port_base"]
    address = f"http://127.0.0.1:{base}/v3"
    rest = Rest().log_in(address, "admin", load_passwords(cloud.layout)["admin"], "admin")
    compute, network = f"http://127.0.0.1:{base + 5}/v2.1", f"http://127.0.0.1:{base + 3}/v2.0"
    assert rest.get(f"{compute}/os-aggregates")["aggregates"] == []
    assert rest.get(f"{compute}/flavors")["flavors"] == []
    assert rest.get(f"{network}/networks")["networks"] == []
    kinds = rest.get(f"http://127.0.0.1:{base + 4}/v3/{rest.project}/types")["volume_types"]
    assert [kind["name"] for kind in kinds] == ["__DEFAULT__"]
