"""One place with a cloud, a backend and an engine, and short words for what the tests do there."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from engine_fake_cloud import FakeCloud, FakeProvider, Faults
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.backend.secrets import fresh

PASSPHRASE = "example"
Program = Callable[[], None]


@cache
def salt() -> str:
    return fresh(PASSPHRASE).salt_line


def nothing() -> None:
    """The empty program."""


class Bench:
    """`root` holds the cloud's file, the backend and a work directory for each stack."""

    def __init__(self, root: Path, faults: Faults | None = None) -> None:
        self.root = root
        self.work = root / "work"
        self.cloud = FakeCloud(root / "cloud.json", faults)
        self.provider = FakeProvider(self.cloud)
        self.command = EmbeddedCommand(self.provider)
        self.environment = {
            "PULUMI_BACKEND_URL": f"file://{root}/backend",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "OS_AUTH_URL": "http://127.0.0.1:1/v3",
            "OS_PASSWORD": "canary-password",
        }

    @property
    def faults(self) -> Faults:
        return self.cloud.faults

    def options(self, name: str = "acme") -> auto.LocalWorkspaceOptions:
        work_dir = self.work / name
        if not work_dir.exists():
            work_dir.mkdir(parents=True)
            # one salt for all tests: deriving a key is slow on purpose
            (work_dir / f"Pulumi.{name}.yaml").write_text(f"encryptionsalt: {salt()}\n")
        return auto.LocalWorkspaceOptions(
            work_dir=str(work_dir),
            pulumi_command=self.command,
            project_settings=auto.ProjectSettings(name="demo", runtime="python"),
            env_vars=dict(self.environment),
        )

    def stack(self, program: Program = nothing, name: str = "acme") -> auto.Stack:
        return auto.create_or_select_stack(name, project_name="demo", program=program, opts=self.options(name))

    def up(self, program: Program, name: str = "acme", **options: Any) -> dict[str, int]:
        """The counts of an up that succeeds."""
        changes = self.stack(program, name).up(**options).summary.resource_changes
        return {str(op): count for op, count in (changes or {}).items()}

    def preview(self, program: Program, name: str = "acme", **options: Any) -> dict[str, int]:
        found = self.stack(program, name).preview(**options).change_summary
        return {str(getattr(op, "value", op)): count for op, count in found.items()}

    def state_file(self, name: str = "acme") -> Path:
        return self.root / "backend" / ".pulumi" / "stacks" / "demo" / f"{name}.json"

    def stored(self, name: str = "acme") -> bytes:
        """The checkpoint as it stands in the backend."""
        return self.state_file(name).read_bytes()

    def recorded(self, name: str = "acme") -> dict[str, dict[str, Any]]:
        """The resources of the state by their short name (the default provider and the Stack left out)."""
        checkpoint = json.loads(self.stored(name))["checkpoint"]
        resources = (checkpoint.get("latest") or {}).get("resources", [])
        return {r["urn"].rsplit("::", 1)[1]: r for r in resources if not r["type"].startswith("pulumi:")}

    def pending(self, name: str = "acme") -> list[dict[str, Any]]:
        latest = json.loads(self.stored(name))["checkpoint"].get("latest") or {}
        return list(latest.get("pending_operations", []))

    def locks(self) -> Path:
        """Where the lock files of the stack `acme` lie."""
        return self.root / "backend" / ".pulumi" / "locks" / "organization" / "demo" / "acme"

    def write_lock(self, *, pid: int, host: str) -> Path:
        """A lock file as Pulumi's command line leaves it."""
        path = self.locks() / f"{uuid.uuid4()}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        found = {"pid": pid, "username": "u", "hostname": host, "timestamp": "2026-01-02T03:04:05Z"}
        path.write_text(json.dumps(found))
        return path

    def urn(self, kind: str, name: str) -> str:
        return f"urn:pulumi:acme::demo::openstack:{kind}::{name}"

    def calls(self) -> list[tuple[str, str]]:
        """What changed the cloud since the last time this was asked: action and short type."""
        found = [(action, kind.rsplit(":", 1)[1]) for action, kind, _ in self.cloud.calls]
        self.cloud.calls.clear()
        return found
