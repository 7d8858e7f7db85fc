"""Which resources of a stack an operation is kept to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pulumi import automation

from orchestrator.adapters.stacks_pulumi.changes import logical_name
from orchestrator.model.environment import Closing, TenantEnvironment
from orchestrator.model.plan import StackTarget

_STACK: Final = "pulumi:pulumi:Stack"
_CONTAINER: Final = "openstack:objectstorage/container:Container"


def urns_alone(stack: automation.Stack, target: StackTarget) -> list[str] | None:
    """Those that alone are touched; None: all of them.

    Only what the state has, so that nothing is made. The stack itself keeps the operation to nothing where no
    container is there: its exports are recorded anyway.
    """
    environment = target.environment
    if not isinstance(environment, TenantEnvironment) or environment.closing is None:
        return None
    recorded = stack.export_stack().deployment or {}
    found = {one["urn"]: one["type"] for one in recorded.get("resources") or () if not one.get("delete")}
    kept = [urn for urn, kind in found.items() if kind == _STACK]
    return [*kept, *_containers(found, environment.closing)]


def _containers(found: dict[str, str], closing: Closing) -> Iterator[str]:
    for urn, kind in found.items():
        if kind == _CONTAINER and logical_name(urn).partition("/")[2] in closing.containers:
            yield urn
