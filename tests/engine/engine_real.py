"""A stack on the embedded OpenStack, for tests that drive the real provider through the Automation API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud


def stack(root: Path, cloud: RunningCloud, command: EmbeddedCommand, program: auto.PulumiFn) -> auto.Stack:
    work_dir = root / "work"
    work_dir.mkdir(exist_ok=True)
    options = auto.LocalWorkspaceOptions(
        work_dir=str(work_dir),
        pulumi_command=command,
        project_settings=auto.ProjectSettings(name="demo", runtime="python"),
        env_vars={
            "PULUMI_BACKEND_URL": f"file://{root}/backend",
            "PULUMI_CONFIG_PASSPHRASE": "example",
            **cloud.environment,
        },
    )
    return auto.create_or_select_stack("acme", project_name="demo", program=program, opts=options)
