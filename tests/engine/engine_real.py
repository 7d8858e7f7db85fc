"""A stack on the embedded OpenStack, for tests that drive a real provider through the Automation API."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi import automation as auto

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud


def stack(
    root: Path,
    cloud: RunningCloud,
    command: auto.PulumiCommand,
    program: auto.PulumiFn,
    more: Mapping[str, str] | None = None,
) -> auto.Stack:
    """`more`: what the engine needs of the environment besides backend, passphrase and credentials."""
    work_dir = root / "work"
    for directory in (work_dir, root / "backend"):
        directory.mkdir(exist_ok=True)
    options = auto.LocalWorkspaceOptions(
        work_dir=str(work_dir),
        pulumi_command=command,
        project_settings=auto.ProjectSettings(name="demo", runtime="python"),
        env_vars={
            "PULUMI_BACKEND_URL": f"file://{root}/backend",
            "PULUMI_CONFIG_PASSPHRASE": "example",
            **cloud.environment,
            **(more or {}),
        },
    )
    return auto.create_or_select_stack("acme", project_name="demo", program=program, opts=options)
