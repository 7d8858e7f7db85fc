"""Taking over an object that exists already, by the id that the program gives (`import_`)."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import Change, ProviderError
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import plain


def is_asked(goal: Goal, old: Resource | None) -> bool:
    """Whether the object named is not the one recorded."""
    if not goal.import_id:
        return False
    return old is None or old.external or goal.import_id not in {old.import_id, old.id}


def register(deployment: Deployment, goal: Goal, wanted: Resource, entry: Entry | None) -> Answer:
    """Read the object; where the program's inputs differ from it, an update follows."""
    if entry is not None and not entry.resource.external:
        raise ProviderError(
            f"cannot import {goal.import_id}: {wanted.urn} is {entry.resource.id} in the state; "
            "remove that resource from the program first"
        )
    found = deployment.actions.take(wanted, goal.import_id)
    if found is None:
        raise ProviderError(f"cannot import: resource '{goal.import_id}' does not exist")
    taken = replace(wanted, id=found.id, outputs=deployment.actions.outputs(wanted, plain(found.outputs)))
    difference = deployment.provider.diff(
        wanted.type, old_outputs=plain(taken.outputs), inputs=plain(wanted.inputs), old_inputs=plain(found.inputs)
    )
    if difference.change is Change.REPLACE:  # before anything is recorded: the next run would replace it
        raise ProviderError(
            f"the object {goal.import_id} differs from the program in what cannot be changed: "
            f"{', '.join(difference.replace_paths)}; give these the values it has"
        )
    step = Step(op="import", urn=wanted.urn, old=entry.resource if entry else None, new=taken)
    deployment.report.before(step)
    key = deployment.snapshot.put(taken, entry.key if entry else None)
    deployment.claimed.add(key)
    deployment.report.after(step)
    if difference.change is Change.UPDATE:
        update = Step(op="update", urn=wanted.urn, old=taken, new=taken, paths=difference.paths)
        deployment.report.before(update)
        taken = deployment.actions.update(taken, taken, lambda made: _keep(deployment, made, key))
        deployment.report.after(replace(update, new=taken))
    return Answer.of(taken)


def _keep(deployment: Deployment, made: Resource, key: int) -> None:
    deployment.snapshot.put(made, key)
