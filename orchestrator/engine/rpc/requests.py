"""Requests of the ResourceMonitor protocol as goals; an option that is not carried out is refused by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi.runtime.proto import alias_pb2, resource_pb2

from orchestrator.engine.deploy import paths
from orchestrator.engine.deploy.deployment import ProgramError
from orchestrator.engine.deploy.goal import Alias, Goal, Reading
from orchestrator.engine.rpc.values import from_struct, from_value
from orchestrator.engine.state.values import PropertyMap, Secret

_DURATION: Final = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(h|ms|us|µs|ns|m|s)")
_SECONDS: Final = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_REFUSED: Final = {
    "remote": "remote components",
    "packageRef": "parameterized packages",
    "state_migrations": "state migrations",
    "envVarMappings": "envVarMappings",
}


def goal(request: resource_pb2.RegisterResourceRequest) -> Goal:
    """A registration."""
    _refuse(request)
    return Goal(
        type=request.type,
        name=request.name,
        custom=request.custom,
        parent=request.parent,
        inputs=from_struct(request.object, in_place=not request.custom),
        dependencies=tuple(request.dependencies),
        property_dependencies={name: tuple(found.urns) for name, found in request.propertyDependencies.items()},
        provider=request.provider,
        providers=dict(request.providers),
        version=request.version,
        protect=request.protect if request.HasField("protect") else None,
        retain_on_delete=request.retainOnDelete if request.HasField("retainOnDelete") else None,
        delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
        deleted_with=request.deletedWith,
        ignore_changes=_paths(request.name, request.ignoreChanges),
        replace_on_changes=_paths(request.name, request.replaceOnChanges),
        replace_with=tuple(request.replace_with),
        replacement_trigger=from_value(request.replacement_trigger),
        hide_diff=tuple(request.hideDiffs),
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        aliases=(*map(_alias, request.aliases), *(Alias(urn=urn) for urn in request.aliasURNs)),
        import_id=request.importId,
        timeouts=_timeouts(request.customTimeouts),
    )


def reading(request: resource_pb2.ReadResourceRequest) -> Reading:
    return Reading(
        type=request.type,
        name=request.name,
        id=request.id,
        parent=request.parent,
        inputs=from_struct(request.properties),
        dependencies=tuple(request.dependencies),
        provider=request.provider,
        version=request.version,
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
    )


def secret_aware(properties: Mapping[str, Any], *, accepted: bool) -> PropertyMap:
    """The properties as the other side can take them."""
    if accepted:
        return dict(properties)
    return {name: value.value if isinstance(value, Secret) else value for name, value in properties.items()}


def seconds(text: str) -> float:
    """A duration as Go writes it, such as `1h30m`."""
    parts = _DURATION.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ProgramError(f"customTimeouts: {text!r} is no duration; write something like 5m or 1h30m")
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _refuse(request: resource_pb2.RegisterResourceRequest) -> None:
    for name, shown in _REFUSED.items():
        if getattr(request, name, None):
            raise ProgramError(f"resource {request.name}: {shown} are not carried out by the embedded engine")
    if request.hooks.ListFields():
        raise ProgramError(f"resource {request.name}: resource hooks are not carried out by the embedded engine")


def _paths(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    for text in texts:
        try:
            paths.parse(text)
        except ValueError as error:
            raise ProgramError(f"resource {name}: {error}") from error
    return tuple(texts)


def _alias(found: alias_pb2.Alias) -> Alias:
    if found.urn:
        return Alias(urn=found.urn)
    spec = found.spec
    return Alias(
        name=spec.name,
        type=spec.type,
        stack=spec.stack,
        project=spec.project,
        parent=spec.parentUrn,
        no_parent=spec.noParent,
    )


def _timeouts(found: Any) -> dict[str, float]:
    return {action: seconds(text) for action in ("create", "update", "delete") if (text := getattr(found, action))}
