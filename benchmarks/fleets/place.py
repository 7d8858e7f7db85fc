"""Where the stacks of these benchmarks live, and how each engine opens them. Runs with the product's Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from pulumi import automation
from tenancies.limits import names
from tenancies.program import program_of

from orchestrator.adapters.stacks_pulumi import Carrier, embedded_engine, official_engine
from orchestrator.engine.fleet import FleetStack

PROJECT = "benchmark"


def environment(folder: Path, clouds: str, cloud: str) -> dict[str, str]:
    """Of every operation: the state below `folder`, the credential of a clouds.yaml."""
    return {
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": os.environ["PULUMI_CONFIG_PASSPHRASE"],
        "OS_CLIENT_CONFIG_FILE": clouds,
        "OS_CLOUD": cloud,
    }


def fleet(folder: Path, tenants: int, given: Mapping[str, str]) -> list[FleetStack]:
    """As fleet calls take them; `folder`: where `by_pulumi.py` has built them."""
    return [
        FleetStack(name=name, work_dir=folder / "work" / name, environment=given, program=program_of(name))
        for name in names(tenants)
    ]


def engine(name: str) -> Carrier:
    """`name`: embedded or official."""
    return embedded_engine() if name == "embedded" else official_engine()


def opened(carrier: Carrier, stack: FleetStack) -> automation.Stack:
    """The same stack through the Automation API."""
    options = automation.LocalWorkspaceOptions(
        work_dir=str(stack.work_dir),
        pulumi_command=carrier.command,
        project_settings=automation.ProjectSettings(name=PROJECT, runtime="python"),
        env_vars={**carrier.environment, **stack.environment},
    )
    program = stack.program or _nothing
    return automation.select_stack(stack.name, project_name=PROJECT, program=program, opts=options)


def _nothing() -> None:
    """No program."""
