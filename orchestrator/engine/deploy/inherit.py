"""What a resource takes over from its parent, and which provider carries it out."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Final

from orchestrator.engine.deploy.deployment import Deployment, ProgramError
from orchestrator.engine.deploy.goal import Goal
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import PropertyMap, with_secrets, without_internals

_DISABLED: Final = "pulumi:disable-default-providers"
_PLAIN: Final = str.maketrans(".-+", "___")  # what a provider's name has in the place of a version's signs


def complete(deployment: Deployment, goal: Goal) -> Goal:
    """The goal with what its parent gives it: protect, retainOnDelete, deletedWith, providers, provider."""
    met = deployment.met.get(goal.parent)
    if met is None:
        return goal
    above = met.goal
    package = urns.package_of(goal.type)
    providers = {**above.providers, **goal.providers}
    same_package = above.custom and urns.package_of(above.type) == package and not urns.is_provider(above.type)
    return replace(
        goal,
        protect=above.protect if goal.protect is None else goal.protect,
        retain_on_delete=above.retain_on_delete if goal.retain_on_delete is None else goal.retain_on_delete,
        deleted_with=goal.deleted_with or above.deleted_with,
        providers=providers,
        provider=goal.provider or providers.get(package, "") or (above.provider if same_package else ""),
    )


def provider_for(deployment: Deployment, reference: str, kind: str, version: str) -> str:
    """The provider reference `URN::ID` for a resource or function: the one named, else the default one."""
    if reference:
        return reference
    package = urns.package_of(kind)
    if _is_denied(deployment, package):
        raise ProgramError(f"Default provider for '{package}' disabled. '{kind}' must use an explicit provider.")
    ours = deployment.provider.version if package == deployment.provider.package else ""
    return _default_provider(deployment, package, version or ours)


def _is_denied(deployment: Deployment, package: str) -> bool:
    """Whether the stack's configuration wants explicit providers only; the engine's own package has no others."""
    text = deployment.config.get(_DISABLED, "")
    if not text or package == "pulumi":
        return False
    try:
        names = json.loads(text)
    except ValueError as error:
        raise ProgramError(f"{_DISABLED}: a JSON list of packages expected: {error}") from error
    return package in names or "*" in names


def _default_provider(deployment: Deployment, package: str, version: str) -> str:
    name = "_".join(part for part in ("default", version) if part).translate(_PLAIN)
    kind = f"{urns.PROVIDER_PREFIX}{package}"
    urn = deployment.urn("", kind, name)
    with deployment.lock:
        entry = deployment.snapshot.live(urn)
        identity = entry.resource.id if entry else str(uuid.uuid4())
        if urn not in deployment.met:
            inputs: PropertyMap = {**({"version": version} if version else {}), **_configured(deployment, package)}
            goal = Goal(type=kind, name=name, custom=True)
            deployment.meet_again(urn, goal)
            resource = Resource(
                urn=urn, type=kind, custom=True, id=identity, inputs=inputs, outputs=without_internals(inputs)
            )
            deployment.snapshot.put(resource, entry.key if entry else None)
    return f"{urn}::{identity}"


def _configured(deployment: Deployment, package: str) -> PropertyMap:
    """`openstack:region` and the like: the stack's configuration of a default provider."""
    prefix = f"{package}:"
    found = {key: text for key, text in deployment.config.items() if key.startswith(prefix)}
    secret = frozenset(key.removeprefix(prefix) for key in deployment.secret_config)
    return with_secrets({key.removeprefix(prefix): text for key, text in found.items()}, secret)
