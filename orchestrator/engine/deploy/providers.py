"""Registration of explicit providers: they live in the state alone, and a change of one replaces nothing."""

from __future__ import annotations

import uuid
from typing import Final

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import INTERNAL, PropertyMap, has_unknown, with_secrets, without_internals

# In a provider's configuration, whether the SDK marks them (password alone) or not.
_SECRETS: Final = frozenset({"password", "token", "applicationCredentialSecret"})


def register(deployment: Deployment, goal: Goal, urn: str, entry: Entry | None) -> Answer:
    """Record a provider resource; its configuration is used from now on."""
    now = wanted(goal, urn, entry)
    old = entry.resource if entry else None
    step = Step(op=_op(old, now), urn=urn, old=old, new=now, paths=_changed(old, now))
    if urns.package_of(goal.type) != deployment.provider.package:
        return deployment.fail(step, f"providers of type {goal.type} are not carried out by the embedded engine")
    if has_unknown(now.inputs) and not deployment.options.dry_run:
        raise ProviderError("its configuration depends on something that failed")
    deployment.report.before(step)
    deployment.snapshot.put(now, entry.key if entry else None)
    deployment.report.after(step)
    if old is None:
        deployment.note(urn, fresh=True)
    unknown_id = old is None and deployment.options.dry_run
    return Answer(urn=urn, id="" if unknown_id else now.id, properties=now.outputs)


def wanted(goal: Goal, urn: str, entry: Entry | None) -> Resource:
    """The provider resource that the program asks for."""
    secret = _SECRETS | frozenset(goal.additional_secret_outputs)
    inputs = with_secrets(goal.inputs, secret)
    if goal.version:
        inputs.setdefault("version", goal.version)
    return Resource(
        urn=urn,
        type=goal.type,
        custom=True,
        id=entry.resource.id if entry else str(uuid.uuid4()),
        inputs=inputs,
        outputs=without_internals(inputs),
        parent=goal.parent,
        dependencies=goal.dependencies,
        property_dependencies=goal.property_dependencies,
        protect=bool(goal.protect),
        additional_secret_outputs=goal.additional_secret_outputs,
    )


def _op(old: Resource | None, wanted: Resource) -> str:
    if old is None:
        return "create"
    return "update" if _changed(old, wanted) else "same"


def _changed(old: Resource | None, wanted: Resource) -> dict[str, str]:
    if old is None:
        return {}
    before, after = _configuration(old.inputs), _configuration(wanted.inputs)
    kinds = {
        name: "add" if name not in before else "delete" if name not in after else "update" for name in {*before, *after}
    }
    return {name: kind for name, kind in sorted(kinds.items()) if before.get(name) != after.get(name)}


def _configuration(inputs: PropertyMap) -> PropertyMap:
    return {name: value for name, value in inputs.items() if name not in {*INTERNAL, "version"}}
