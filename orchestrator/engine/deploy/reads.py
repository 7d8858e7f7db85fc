"""What a program only looks at: `Type.get(...)`, functions, and the state of a resource it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from orchestrator.engine.deploy import recorded, stack_references
from orchestrator.engine.deploy.deployment import Deployment, Met, ProgramError
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.goal import Answer, Goal, Reading
from orchestrator.engine.deploy.inherit import complete, provider_for
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import Properties, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import (
    STACK_REFERENCE,
    UNKNOWN_MARK,
    PropertyMap,
    has_unknown,
    plain,
    without_internals,
)

GET_RESOURCE: Final = "pulumi:pulumi:getResource"


def read(deployment: Deployment, reading: Reading) -> Answer:
    """Look an object up by its id and record it as one that is not ours."""
    goal = complete(
        deployment,
        Goal(type=reading.type, name=reading.name, custom=True, parent=reading.parent, provider=reading.provider),
    )
    urn = deployment.urn(goal.parent, goal.type, goal.name)
    deployment.meet(urn, Met(goal=goal))
    if not _can_be_read(deployment, reading.type):
        raise ProgramError(f"resources of type {reading.type} cannot be read by the embedded engine")
    if reading.id == UNKNOWN_MARK or (reading.type == STACK_REFERENCE and has_unknown(reading.inputs)):
        return Answer(urn=urn, unknown=True)
    if deployment.for_providers and reading.type != STACK_REFERENCE:
        return recorded.register(deployment, goal, urn, deployment.snapshot.live(urn))
    reference = provider_for(deployment, goal.provider, goal.type, reading.version)
    if is_open(deployment, reference):
        return Answer(urn=urn, unknown=True)
    wanted = _wanted(reading, urn, goal.parent, reference)
    try:
        found = _look_up(deployment, wanted)
    except Stopped:
        return deployment.skip(urn)
    if not deployment.for_providers:
        _record(deployment, found, deployment.snapshot.live(urn))
    return Answer.of(found)


def _can_be_read(deployment: Deployment, kind: str) -> bool:
    if kind == STACK_REFERENCE:
        return True
    return urns.package_of(kind) == deployment.provider.package and deployment.provider.supports(kind)


def _wanted(reading: Reading, urn: str, parent: str, reference: str) -> Resource:
    return Resource(
        urn=urn,
        type=reading.type,
        custom=True,
        id=reading.id,
        inputs=reading.inputs,
        parent=parent,
        provider=reference,
        dependencies=reading.dependencies,
        external=True,
        additional_secret_outputs=reading.additional_secret_outputs,
    )


def again(deployment: Deployment, resource: Resource) -> Resource | None:
    """The resource as it is now, whoever keeps it; None when it is gone."""
    if resource.type == STACK_REFERENCE:
        return stack_references.look_up(deployment, resource)
    return deployment.actions.read(resource)


def _look_up(deployment: Deployment, wanted: Resource) -> Resource:
    try:
        found = again(deployment, wanted)
    except ProviderError as error:
        raise ProgramError(f"cannot read {wanted.type} '{wanted.id}': {error}") from error
    if found is None:
        raise ProgramError(f"resource '{wanted.id}' does not exist")
    return found


def _record(deployment: Deployment, found: Resource, entry: Entry | None) -> None:
    old = entry.resource if entry else None
    step = Step(op="read", urn=found.urn, old=old, new=found)
    deployment.report.before(step)
    if old is not None and not old.external and old.id != found.id and entry is not None:
        deployment.snapshot.amend(entry.key, replace(old, delete=True))
        entry = None
    deployment.snapshot.put(found, entry.key if entry else None)
    deployment.report.after(step, counted=False)


def invoke(
    deployment: Deployment,
    function: str,
    arguments: PropertyMap,
    *,
    provider: str,
    version: str,
    needs: tuple[str, ...],
) -> Mapping[str, Any] | None:
    """The result of a function; None when it can be told only by a real run, or when what it waits for failed."""
    if function == GET_RESOURCE:
        return _resource(deployment, arguments)
    if deployment.failed_among(needs):
        return None
    if deployment.options.dry_run and any(urn in deployment.met and deployment.met[urn].fresh for urn in needs):
        return None
    if urns.package_of(function) != deployment.provider.package:
        raise ProgramError(f"the function {function} is not carried out by the embedded engine")
    reference = provider_for(deployment, provider, function, version)
    if is_open(deployment, reference):
        return None
    try:
        result: Properties = deployment.actions.invoke(reference, function, plain(arguments))
    except ProviderError as error:
        raise ProgramError(f"invoking {function}: {error}") from error
    return result


def is_open(deployment: Deployment, reference: str) -> bool:
    """Whether a preview cannot ask this provider, because its configuration comes from what is not made yet."""
    entry = deployment.snapshot.live(reference.rsplit("::", 1)[0])
    return deployment.options.dry_run and entry is not None and has_unknown(entry.resource.inputs)


def _resource(deployment: Deployment, arguments: PropertyMap) -> Mapping[str, Any]:
    """What a resource reference stands for."""
    entry = deployment.snapshot.live(str(arguments.get("urn", "")))
    if entry is None:
        raise ProgramError(f"the resource {arguments.get('urn')!r} is not known")
    resource = entry.resource
    return {"urn": resource.urn, "id": resource.id, "state": without_internals(resource.outputs)}
