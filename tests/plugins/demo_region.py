"""A region on a cloud of its own, driven as a user does: by the `mutualis` command in processes of their own.

The region is the demo, unless a test brings another one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs
import openstack
import pytest
import yaml
from recording_proxy import RecordingProxy

from orchestrator.reporting.plan_schema import plan_schema

PLAN_SCHEMA = jsonschema_rs.validator_for(json.loads(plan_schema()))
DEMO = Path(__file__).parents[2] / "inventory" / "demo"
MUTUALIS = Path(sys.executable).with_name("mutualis")
PASSPHRASE = "canary-passphrase-5f1d"


@dataclass(frozen=True)
class DemoRegion:
    """`folder`: a copy of the specs to edit; `state`: its records; `clouds`: clouds.yaml of its cloud."""

    folder: Path
    state: Path
    lab: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def clouds(self) -> Path:
        return self.lab / "clouds.yaml"

    def command(self, *arguments: str) -> list[str]:
        return [str(MUTUALIS), *arguments]

    def run(
        self, *arguments: str, proxy: RecordingProxy | None = None, seconds: float = 280
    ) -> subprocess.CompletedProcess[str]:
        """Run the command to its end, through the proxy if there is one."""
        environment = {**self.environment, **(proxy.environment if proxy else {})}
        return subprocess.run(
            self.command(*arguments), env=environment, capture_output=True, text=True, check=False, timeout=seconds
        )

    def plan(self, *, proxy: RecordingProxy | None = None, code: int = 0) -> dict[str, Any]:
        """The plan as data, held against its schema; the command must end with `code`."""
        done = self.run("plan", str(self.folder), "--format", "json", proxy=proxy)
        assert done.returncode == code, done.stdout + done.stderr
        plan: dict[str, Any] = json.loads(done.stdout)
        PLAN_SCHEMA.validate(plan)
        return plan

    def apply(self, *, proxy: RecordingProxy | None = None, code: int = 0, seconds: float = 280) -> dict[str, Any]:
        """Apply without asking; the report as data."""
        done = self.run("apply", str(self.folder), "--yes", "--format", "json", proxy=proxy, seconds=seconds)
        assert done.returncode == code, done.stdout + done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def edit(self, file: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Change one document in place; `file` relative to the region's folder."""
        path = self.folder / file
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")

    def waive(self, tenant: str, *rules: str) -> None:
        """Reviewed documents that let a tenant break these rules, for as long as the tests run."""
        for rule in rules:
            spec = {
                "rule": rule,
                "object": {"kind": "Tenant", "name": tenant},
                "reason": "The test is about what happens then.",
                "approvedBy": "RSSI of the operator",
                "expires": "2099-12-31",
            }
            name = f"{tenant}-{rule.lower()}"
            document = {"apiVersion": "mutualis/v1", "kind": "Waiver", "metadata": {"name": name}, "spec": spec}
            text = yaml.safe_dump(document, sort_keys=False)
            (self.folder / "waivers" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def documents(self) -> list[dict[str, Any]]:
        """All documents as a reader sees them, without the product's own model."""
        return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(self.folder.rglob("*.yaml"))]

    def connection(self, name: str = "mutualis-lab") -> openstack.connection.Connection:
        """An administrator's connection by openstacksdk, independent of the product's."""
        config = openstack.config.OpenStackConfig(config_files=[str(self.clouds)], load_envvars=False)
        return openstack.connection.Connection(config=config.get_one(name))


def changes(plan: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(operation, type, logical name) of every resource change of a plan."""
    return [
        (change["operation"], change["kind"].rpartition(":")[2], change["name"])
        for step in plan["steps"]
        for change in step["changes"]
    ]


def make_region(directory: Path, specs: Path = DEMO) -> DemoRegion:
    """A copy of the specs with an empty state; its cloud is not up yet."""
    return region_at(shutil.copytree(specs, directory / specs.name), directory)


def region_at(folder: Path, directory: Path) -> DemoRegion:
    """Specs where they are, with an empty state in `directory`; its cloud is not up yet."""
    passphrase = directory / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    lab = directory / "lab"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        "MUTUALIS_STATE": str(directory / "state"),
        "MUTUALIS_PASSPHRASE_FILE": str(passphrase),
        "MUTUALIS_TRACEBACK": "1",
        "OS_CLIENT_CONFIG_FILE": str(lab / "clouds.yaml"),
    }
    return DemoRegion(folder=folder, state=directory / "state", lab=lab, environment=environment)


@pytest.fixture(scope="session")
def demo_base(openstack_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRegion]:
    """A running cloud in the shape of the demo, empty; with a snapshot `base.tar.gz` beside it."""
    region = make_region(tmp_path_factory.mktemp("region"))
    try:
        done = region.run("lab", "up", str(region.folder), "--dir", str(region.lab))
        assert done.returncode == 0, done.stdout + done.stderr
        done = region.run("lab", "snapshot", str(region.lab.parent / "base.tar.gz"), "--dir", str(region.lab))
        assert done.returncode == 0, done.stderr
        yield region
    finally:
        region.run("lab", "down", "--dir", str(region.lab))


@pytest.fixture(scope="module")
def demo(demo_base: DemoRegion, tmp_path_factory: pytest.TempPathFactory) -> DemoRegion:
    """The demo region with nothing applied, on the session's cloud set back to empty."""
    base, lab = demo_base.lab.parent / "base.tar.gz", demo_base.lab
    for arguments in (("restore", str(base), "--dir", str(lab)), ("up", "--dir", str(lab))):
        done = demo_base.run("lab", *arguments)
        assert done.returncode == 0, done.stderr
    region = make_region(tmp_path_factory.mktemp("region"))
    environment = {**region.environment, "OS_CLIENT_CONFIG_FILE": str(demo_base.clouds)}
    return DemoRegion(folder=region.folder, state=region.state, lab=lab, environment=environment)
