"""Stacks whose states are made without a cloud, by the product's own engine against a provider that pretends.

Checks, differences and states are the product's; only objects are made up: a no-op of such a stack is the real one.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import pulumi_openstack as openstack
from pulumi import automation
from tenancies.program import program_of

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.fleet import FleetStack
from orchestrator.engine.provider import Created, Properties

PROJECT, PASSPHRASE = "benchmark", "made-up"
NOWHERE = "http://127.0.0.1:1/v3"  # a call to the cloud would fail there, and with it the benchmark


class Pretending:
    """A session that makes what it is asked for, in no cloud."""

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        del kind, seconds
        identifier = uuid.uuid4().hex
        created(identifier)
        return Created(id=identifier, outputs={name: value for name, value in inputs.items() if name != "__defaults"})


class PretendingProvider(OpenStackProvider):
    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> Any:
        del configuration, environment, interruption
        return Pretending()


def stack_of(folder: Path, name: str, program: Callable[[], None]) -> FleetStack:
    """Where a stack of this name lives below `folder`."""
    environment = {
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "OS_AUTH_URL": NOWHERE,
        "OS_USERNAME": "nobody",
        "OS_PASSWORD": "none",
        "OS_PROJECT_NAME": "none",
        "OS_REGION_NAME": "RegionOne",
    }
    return FleetStack(name=name, work_dir=folder / "work" / name, environment=environment, program=program)


def tenant(folder: Path, name: str) -> FleetStack:
    """Twelve resources."""
    return stack_of(folder, name, program_of(name))


def large(folder: Path, resources: int) -> FleetStack:
    """One stack of many security groups."""

    def program() -> None:
        for number in range(resources):
            openstack.networking.SecGroup(f"group-{number}", name=f"group-{number}")

    return stack_of(folder, "large", program)


def opened(
    command: automation.PulumiCommand, stack: FleetStack, further: Mapping[str, str] | None = None
) -> automation.Stack:
    """Through the Automation API, made if it is not there yet. `further`: what this engine needs besides."""
    stack.work_dir.mkdir(parents=True, exist_ok=True)
    (Path(stack.environment["PULUMI_BACKEND_URL"].removeprefix("file://"))).mkdir(parents=True, exist_ok=True)
    options = automation.LocalWorkspaceOptions(
        work_dir=str(stack.work_dir),
        pulumi_command=command,
        project_settings=automation.ProjectSettings(name=PROJECT, runtime="python"),
        env_vars={**stack.environment, **(further or {})},
    )
    assert stack.program is not None
    return automation.create_or_select_stack(stack.name, project_name=PROJECT, program=stack.program, opts=options)
