"""Protected resources, looked for over the whole plan before its first step.

Pulumi's own engine meets them one by one, when other things are done already. Here a run for show comes first where
the state holds any: what it would delete or replace of them is told, all of it, and nothing is begun.
"""

from __future__ import annotations

from typing import Final

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.state.resource import Resource

_LIFT: Final = "To unprotect the resource, take `protect` away from it in the program and run again"


def is_any(deployment: Deployment) -> bool:
    """Whether the state holds a protected resource."""
    return any(entry.resource.protect and not entry.resource.delete for entry in deployment.snapshot.entries())


def against_deletion(resource: Resource) -> str:
    return f'resource "{resource.urn}" cannot be deleted\nbecause it is protected. {_LIFT}; nothing was deleted'


def against_replacement(resource: Resource) -> str:
    return f'unable to replace resource "{resource.urn}"\nas it is currently marked for protection. {_LIFT}'


def against_going_along(resource: Resource, urn: str) -> str:
    return f'unable to replace resource "{urn}"\nas "{resource.urn}", which would have to go with it, is protected'


def bar(deployment: Deployment, resource: Resource, message: str) -> None:
    """Note what stands against the plan; it is told when the whole of it is known."""
    with deployment.lock:
        deployment.barred.setdefault(resource.urn, (Step(op="replace", urn=resource.urn, old=resource), message))


def tell(deployment: Deployment, barred: Deployment) -> bool:
    """Say what was found on the way through another deployment (or the same), and take no steps; whether there is any.

    What goes along with another is met before the program has named it: only now is known whether that is protected.
    """
    lifted = unprotected(barred)
    found = [what for urn, what in barred.barred.items() if urn not in lifted]
    for step, message in found:
        deployment.report.before(step)
        deployment.report.failed(step, message)
    if found:
        deployment.gate.stop()
    return bool(found)


def unprotected(deployment: Deployment) -> frozenset[str]:
    """URNs of what the program names and does not protect (any more)."""
    return frozenset(urn for urn, met in deployment.met.items() if not met.goal.protect)
