"""Three bare Debian machines and the demo's members: a region that is to be installed by its specs, then lived in.

Region, sites and hosts are inventory/metal's; catalogue, members and waivers inventory/demo's, with the two changes
that three machines ask for. Commands run in the machines' network, as an operator's would.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from backup_recipient import PUBLIC
from hosts_fixture import Ended, outside

from orchestrator.cli.main import EXIT_TEMPORARY
from orchestrator.model.audit import Standing

CHECKOUT = Path(__file__).parents[2]
INVENTORY = CHECKOUT / "inventory"
BIN = Path(sys.executable).parent
MUTUALIS = str(BIN / "mutualis")
PASSPHRASE = "canary-passphrase-7c2e"
COMPUTE = ("nord-2", "sud-1")
STANDINGS = tuple(Standing)
Audited = Mapping[str, Mapping[str, frozenset[str]]]
"""Host -> standing -> names of rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetalRegion:
    """`folder`: the specs, to edit; `state`: what the region's state folder is; `lab`: the machines' folder."""

    folder: Path
    state: Path
    lab: Path
    environment: dict[str, str]

    def run(self, *arguments: str, seconds: float = 300) -> Ended:
        """`mutualis` in the machines' network, to its end."""
        return self.visit(MUTUALIS, *arguments, seconds=seconds)

    def visit(self, *command: str, seconds: float = 300) -> Ended:
        """Any command there."""
        words = (MUTUALIS, "lab", "hosts", "run", "--dir", str(self.lab), *command)
        return outside(*words, variables=self.environment, seconds=seconds)

    def on(self, machine: str, *command: str) -> str:
        """What a command prints on a machine; it must succeed."""
        words = (MUTUALIS, "lab", "hosts", "ssh", "--dir", str(self.lab), machine, *command)
        done = outside(*words, variables=self.environment, seconds=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def lab_hosts(self, *words: str) -> None:
        """`mutualis lab hosts` with its folder: power on or off; it must succeed."""
        command = (MUTUALIS, "lab", "hosts", words[0], "--dir", str(self.lab), *words[1:])
        done = outside(*command, variables=self.environment, seconds=600)
        assert done.returncode == 0, done.stdout + done.stderr

    def plan(self, *options: str) -> dict[str, Any]:
        """The plan as data."""
        done = self.run("plan", str(self.folder), "--format", "json", *options, seconds=1200)
        assert done.returncode == 0, done.stdout + done.stderr
        plan: dict[str, Any] = json.loads(done.stdout)
        return plan

    def apply(self, *, code: int = 0, seconds: float = 2400) -> dict[str, Any]:
        """Apply without asking; the report as data."""
        done = self.run("apply", str(self.folder), "--yes", "--format", "json", seconds=seconds)
        assert done.returncode == code, done.stdout + done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def apply_to_the_end(self) -> dict[str, str]:
        """Step -> how it ended. A run that says that it is worth a retry (exit 4) gets one."""
        ended: dict[str, str] = {}
        for _ in range(2):
            done = self.run("apply", str(self.folder), "--yes", "--format", "json", seconds=2400)
            assert done.returncode in {0, EXIT_TEMPORARY}, done.stdout + done.stderr
            ended |= {one["step"]: one["status"] for one in json.loads(done.stdout)["outcomes"]}
            if done.returncode == 0:
                break
        return ended

    def audit(self) -> Audited:
        """What OpenSCAP finds on each host at the level of its spec: names of rules by how they stand."""
        done = self.run("audit", str(self.folder), "--format", "json", seconds=900)
        report = json.loads(done.stdout)
        assert report["complete"], done.stdout[-4000:] + done.stderr
        assert done.returncode == (1 if report["findings"] else 0)
        return {host["host"]: _by_standing(host["rules"]) for host in report["hosts"]}

    def playbook(self, name: str, *options: str) -> str:
        """The recap of one of the playbooks, run by plain ansible-playbook as docs/hosts.md says; it must succeed."""
        known = (
            f"@{self.state}/metal/hosts-secrets.yml",
            "--vault-password-file",
            self.environment["MUTUALIS_PASSPHRASE_FILE"],
        )
        variables = {
            "ANSIBLE_CONFIG": f"{CHECKOUT}/ansible.cfg",
            "ANSIBLE_SSH_COMMON_ARGS": f"-F {self.lab}/ssh_config",
        }
        words = ("env", *(f"{name}={value}" for name, value in variables.items()), f"{BIN}/ansible-playbook")
        done = self.visit(
            *words, "-i", f"{self.folder}/region.yaml", "-e", *known, *options, f"{CHECKOUT}/{name}", seconds=900
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr
        return done.stdout.rpartition("PLAY RECAP")[2]

    def edit(self, file: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Change one document in place; `file` relative to the region's folder."""
        path = self.folder / file
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(document["spec"])
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")

    def openstack(self, path: str, service: str) -> Any:
        """What an API answers to the administrator over TLS."""
        return json.loads(self.python(f"print(cloud.{service}.get({path!r}).text)"))

    def python(self, text: str) -> str:
        """What Python prints with `cloud`, the administrator's connection: openstacksdk in a process of its own."""
        done = self._python(text)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def answers(self, text: str) -> bool:
        """Whether that ends well."""
        return self._python(text).returncode == 0

    def _python(self, text: str) -> Ended:
        clouds = f"OS_CLIENT_CONFIG_FILE={self.clouds}"
        return self.visit("env", clouds, sys.executable, "-c", f"{_CONNECT.format(self.folder.name)}{text}")

    @property
    def own(self) -> Path:
        """The region's folder of state. The specs' folder is named like the region."""
        return self.state / self.folder.name

    @property
    def clouds(self) -> Path:
        """The clouds.yaml that the installation writes."""
        return self.own / "clouds.yaml"


def _by_standing(rules: Iterable[Mapping[str, Any]]) -> Mapping[str, frozenset[str]]:
    return {one: frozenset(rule["rule"] for rule in rules if rule["standing"] == one) for one in STANDINGS}


_CONNECT = 'import openstack; cloud = openstack.connect(cloud="mutualis-{}"); '


@pytest.fixture(scope="module")
def metal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MetalRegion]:
    """Three bare machines that run, and specs of which nothing has been applied."""
    root = tmp_path_factory.mktemp("metal")
    with bare_region(root, _specs(root / "metal")) as region:
        yield region


@contextmanager
def bare_region(root: Path, specs: Path, machines: Path | None = None) -> Iterator[MetalRegion]:
    """The machines of the specs, running until the block ends. `machines`: specs that have more of them."""
    region = MetalRegion(folder=specs, state=root / "state", lab=root / "lab", environment=_own(root))
    try:
        region.lab_hosts("up", str(machines or specs))
        yield region
    finally:
        region.lab_hosts("reset")


def _specs(folder: Path) -> Path:
    shutil.copytree(INVENTORY / "metal", folder)
    for name in ("tenants", "waivers", "images"):
        shutil.copytree(INVENTORY / "demo" / name, folder / name, dirs_exist_ok=True)
    shutil.copy(INVENTORY / "demo" / "catalogue.yaml", folder)
    for host in COMPUTE:  # health data may stand on it
        _replace(folder / "hosts" / f"{host}.yaml", "hardening: intermediary", "hardening: enhanced")
    backups = f"    backups: {{target: file:///srv/backups, country: FR, recipients: [{PUBLIC}]}}\n"
    _replace(folder / "region.yaml", "    rolling:\n", f"{backups}    rolling:\n")
    # one host for servers at the site: two servers that should be apart may be together
    _replace(folder / "tenants" / "pays-des-lacs.yaml", "policy: anti-affinity", "policy: soft-anti-affinity")
    return folder


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} no longer says {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _own(root: Path) -> dict[str, str]:
    passphrase = root / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        "MUTUALIS_STATE": str(root / "state"),
        "MUTUALIS_PASSPHRASE_FILE": str(passphrase),
        "MUTUALIS_TRACEBACK": "1",
        "MUTUALIS_SSH_CONFIG": str(root / "lab" / "ssh_config"),
    }
