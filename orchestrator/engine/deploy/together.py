"""What is replaced though nothing about it differs: because something else is, or because the program says when."""

from __future__ import annotations

from typing import Any

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.provider import ProviderError
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import has_unknown, without_secrets


def reasons(deployment: Deployment, wanted: Resource, old: Resource) -> tuple[str, ...]:
    """The options that ask for a replacement now; raises ProviderError where that cannot be told."""
    trigger = wanted.replacement_trigger
    if has_unknown(trigger) and not deployment.options.dry_run:
        raise ProviderError("replacementTrigger: not known though this is no preview")
    with deployment.lock:
        replaced = deployment.replaced
        found = {
            "replaceWith": not replaced.isdisjoint(wanted.replace_with),
            "deletedWith": wanted.deleted_with in replaced,
            "replacementTrigger": _differs(trigger, old.replacement_trigger),
        }
    return tuple(name for name, asked in found.items() if asked)


def goes_along(resource: Resource, leaving: set[str]) -> bool:
    """Whether it cannot stay when these go."""
    return resource.deleted_with in leaving or not leaving.isdisjoint(resource.replace_with)


def _differs(now: Any, before: Any) -> bool:
    """A trigger that is new, or gone, asks for nothing yet."""
    if has_unknown(now) or has_unknown(before):
        return True
    if now is None or before is None:
        return False
    return bool(without_secrets(now) != without_secrets(before))
