"""Registration of components and of the Stack: they group resources and hold outputs; no cloud is asked."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.deploy.deployment import Deployment, ProgramError
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import PropertyMap, has_unknown


def register(deployment: Deployment, goal: Goal, urn: str, entry: Entry | None) -> Answer:
    """Record a component; its outputs come later."""
    old = entry.resource if entry else None
    now = Resource(
        urn=urn,
        type=goal.type,
        custom=False,
        inputs=goal.inputs,
        outputs=old.outputs if old else {},
        parent=goal.parent,
        dependencies=goal.dependencies,
        property_dependencies=goal.property_dependencies,
        protect=bool(goal.protect),
        retain_on_delete=bool(goal.retain_on_delete),
        deleted_with=goal.deleted_with,
    )
    step = Step(op=_op(old, now), urn=urn, old=old, new=now)
    deployment.report.before(step)
    deployment.snapshot.put(now, entry.key if entry else None)
    deployment.report.count(step.op)
    if urn == deployment.root and deployment.options.dry_run:
        deployment.report.show(step)
    return Answer(urn=urn)


def _op(old: Resource | None, now: Resource) -> str:
    if old is None:
        return "create"
    return "same" if old.inputs == now.inputs else "update"


def register_outputs(deployment: Deployment, urn: str, outputs: PropertyMap) -> None:
    """Take the outputs of a component of this run, once."""
    with deployment.lock:
        if urn not in deployment.met:
            raise ProgramError(f"cannot register outputs of '{urn}': it was not registered in this run")
        if urn in deployment.with_outputs:
            raise ProgramError(f"outputs of '{urn}' were registered twice")
        deployment.with_outputs.add(urn)
    if deployment.for_providers:
        return
    if urn == deployment.root:
        deployment.exports = outputs
        return
    entry = deployment.snapshot.live(urn)
    if entry is None or (has_unknown(outputs) and not deployment.options.dry_run):
        return  # it was skipped, or so was something in it
    now = replace(entry.resource, outputs=outputs)
    deployment.snapshot.put(now, entry.key)
    deployment.report.show(Step(op="same", urn=urn, old=entry.resource, new=now))


def export(deployment: Deployment, *, succeeded: bool) -> None:
    """Record the Stack's outputs: on success these and no others; else only what is known is added.

    One that hangs on a creation that `--target` left out is not known: what is recorded of it stays.
    """
    entry = deployment.snapshot.live(deployment.root)
    if entry is None or deployment.exports is None:
        return
    known = {name: value for name, value in deployment.exports.items() if not has_unknown(value)}
    recorded = entry.resource.outputs
    if not succeeded:
        outputs = recorded | known
    elif deployment.options.dry_run:
        outputs = deployment.exports
    else:
        outputs = {name: value for name, value in recorded.items() if name in deployment.exports} | known
    now = replace(entry.resource, outputs=outputs)
    deployment.snapshot.amend(entry.key, now)
    deployment.report.show(Step(op="same", urn=deployment.root, old=entry.resource, new=now))
