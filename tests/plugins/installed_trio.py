"""Three control hosts and a compute host, installed by the roles one after the other, and what tests do to them."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import region_watch
from hosts_fixture import Machines

from lab.hosts.hosts import Hosts
from lab.waiting import wait_until
from orchestrator.adapters.hosts_ansible.region_secrets import completed
from orchestrator.wiring.hosts import inventory_of
from orchestrator.wiring.lab_hosts import shape_of
from orchestrator.wiring.specs import accepted, validated

ROOT: Final = Path(__file__).parents[2]
SPECS: Final = ROOT / "inventory" / "metal-trio"
CONTROLS: Final = ("control-1", "control-2", "control-3")
HOSTS: Final = (*CONTROLS, "compute-1")
KEPT: Final = "MUTUALIS_TRIO"
"""Variable: a directory in which the machines stay after the tests; the next run takes them as they are."""

KINDS: Final = (region_watch.TOKEN, *region_watch.KINDS)
"""What is asked of the region."""

INSTALL_SECONDS: Final = 3600
MEMBER: Final = """
mariadb -NBe "show status where variable_name in ('wsrep_cluster_size', 'wsrep_local_state_comment')" | tr '\\t' ' '
rabbitmqctl -q cluster_status --formatter json |
    python3 -c 'import json, sys; print("running", len(json.load(sys.stdin)["running_nodes"]))'
ovn-appctl -t /var/run/ovn/ovnnb_db.ctl cluster/status OVN_Northbound | grep '^Status: cluster member'
ovn-appctl -t /var/run/ovn/ovnsb_db.ctl cluster/status OVN_Southbound | grep -v '^Leader: unknown' | grep '^Leader: '
"""
"""What a control host says of its clusters."""

CONNECT: Final = """
import json, sys, openstack
named = {"user_domain_name": "Default", "project_domain_name": "Default", "region_name": "RegionOne"}
cloud = openstack.connect(**json.loads(sys.stdin.readline()), **named, api_timeout=30)
"""
BIN: Final = Path(sys.executable).parent
"""Where `mutualis` and `ansible-playbook` are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Answers of the region, as they come."""

    file: Path

    def answers(self, kind: str, since: float) -> list[Mapping[str, Any]]:
        """Those to questions asked since then (seconds of the monotonic clock)."""
        lines = self.file.read_text("utf-8").rpartition("\n")[0].splitlines()
        return [one for one in map(json.loads, lines) if one["kind"] == kind and one["began"] >= since]

    def good(self) -> bool:
        """Whether each kind of question had a good answer lately."""
        return all(any(not one["error"] for one in self.answers(kind, 0)[-3:]) for kind in KINDS)

    def back_after(self, since: float) -> Mapping[str, float]:
        """Kind -> seconds from then until the first good answer behind the last bad one."""
        return {kind: self._back(kind, since) for kind in KINDS}

    def _back(self, kind: str, since: float) -> float:
        answers = self.answers(kind, since)
        bad = max((at for at, one in enumerate(answers) if one["error"]), default=-1)
        good = answers[bad + 1 :]
        return round(good[0]["ended"] - since, 1) if good else float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trio:
    """The installed region. `folder`: secrets and records, of this user alone."""

    machines: Machines
    folder: Path

    @property
    def directory(self) -> Path:
        return self.machines.hosts.directory

    def apply(self, host: str, *arguments: str) -> list[str]:
        """Set up one host as `mutualis apply` does; the tasks that changed something, in check mode: that would."""
        command = [
            str(BIN / "ansible-playbook"),
            "-i",
            str(SPECS / "region.yaml"),
            "-e",
            f"@{self.folder}/secrets.json",
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_SSH_COMMON_ARGS": f"-F {self.directory}/ssh_config",
            "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.default",
            "ANSIBLE_FORCE_COLOR": "0",
        }
        done = subprocess.run(
            [*command, "--limit", host, *arguments, "playbooks/region.yml"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr
        changed = re.findall(r"^TASK \[(.*)\] \*+\n(?:(?!TASK |PLAY ).*\n)*?changed: ", done.stdout, re.MULTILINE)
        assert bool(changed) is not ("changed=0 " in done.stdout.rpartition("PLAY RECAP")[2])
        return changed

    def holder(self) -> str:
        """The control host that has the region's address."""
        found = [name for name in CONTROLS if "10.77.0.10" in self.machines.on(name, "ip -o address").stdout]
        assert len(found) == 1, f"the region's address is on {found or 'no host'}"
        return found[0]

    def has_network(self, host: str, network: str) -> bool:
        """Whether the database of one control host has it."""
        return network in self.machines.said(host, "mariadb -NBe 'select id from neutron.networks'").split()

    def whole(self) -> bool:
        """Whether all three are members of the three clusters again."""
        return all(self._member(name) for name in CONTROLS)

    def _member(self, name: str) -> bool:
        return is_member(self.machines.on(name, MEMBER).stdout)

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        """The region's answers while the block runs; it begins when all kinds of answers are good."""
        file = self.folder / f"answers-{time.monotonic_ns()}.jsonl"
        with file.open("w") as output, self._inside("tests/plugins/region_watch.py", output) as program:
            watch = Watched(file=file)
            assert program.stdin is not None
            program.stdin.write(json.dumps(self._cloud()) + "\n")
            program.stdin.flush()
            assert wait_until(watch.good, seconds=300), file.read_text("utf-8")[-2000:]
            yield watch

    @contextmanager
    def _inside(self, script: str, output: Any) -> Iterator[subprocess.Popen[str]]:
        command = [str(BIN / "mutualis"), "lab", "hosts", "run", "--dir", str(self.directory), sys.executable, script]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=output, text=True) as program:
            try:
                yield program
            finally:
                program.terminate()

    def _cloud(self) -> Mapping[str, str]:
        secrets = json.loads((self.folder / "secrets.json").read_text())["mutualis_secrets"]
        (self.folder / "authority.crt").write_text(secrets["authority"])
        return {
            "auth_url": "https://api.trio.example:5000/v3",
            "username": "admin",
            "password": secrets["passwords"]["administrator"],
            "project_name": "admin",
            "cacert": str(self.folder / "authority.crt"),
        }

    def openstack(self, text: str) -> str:
        """What Python says with `cloud`, a connection of openstacksdk, in the machines' network."""
        command = [str(BIN / "mutualis"), "lab", "hosts", "run", "--dir", str(self.directory), sys.executable, "-c"]
        done = subprocess.run(
            [*command, CONNECT + text],
            input=json.dumps(self._cloud()) + "\n",
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()


def is_member(said: str) -> bool:
    """Whether a control host that says this (MEMBER) is one of three in each cluster."""
    return all(one in said for one in ("size 3", "Synced", "running 3", "Status: cluster member", "Leader: "))


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Give a function that shows a measured figure to whoever runs the tests."""

    def tell(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return tell


def eventually(what: Callable[[], str], seconds: float) -> float:
    """How many seconds it took until it raised nothing any more."""
    began = time.monotonic()
    while True:
        try:
            what()
        except AssertionError:
            if time.monotonic() - began > seconds:
                raise
        else:
            return round(time.monotonic() - began, 1)


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trio]:
    """Yield the installed region. Takes half an hour and 9 GiB of memory; with `MUTUALIS_TRIO` once."""
    kept = os.environ.get(KEPT)
    folder = Path(kept) if kept else tmp_path_factory.mktemp("trio")
    folder.mkdir(mode=0o700, exist_ok=True)
    hosts = Hosts(directory=folder / "lab", shape=shape_of(accepted(validated(SPECS))))
    trio = Trio(machines=Machines(hosts), folder=folder)
    try:
        hosts.up(print)
        _write_secrets(folder / "secrets.json")
        if not (folder / "installed").exists():
            for host in HOSTS:
                trio.apply(host)
            (folder / "installed").touch()
        assert wait_until(trio.whole, seconds=600, every=5)
        yield trio
    finally:
        if not kept:
            hosts.reset()


def _write_secrets(file: Path) -> None:
    known: Mapping[str, Any] = {}
    with suppress(FileNotFoundError):
        known = json.loads(file.read_text())["mutualis_secrets"]
    now = dt.datetime.now(dt.UTC)  # noqa: TID251 (certificates of today, for machines of today)
    file.touch(mode=0o600)
    file.write_text(json.dumps({"mutualis_secrets": completed(known, inventory_of(SPECS), now)}))
