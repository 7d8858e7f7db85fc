"""What exists but never came up: a server without a host, a volume without room, a wait that was broken off.

It is recorded with its `init_errors`. Pulumi's own engine makes an empty update of it, which hides that it is of no
use; here it is looked at first, in previews too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from orchestrator.engine.deploy import reads
from orchestrator.engine.deploy.choose import Choice, Op, choose
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Goal
from orchestrator.engine.provider import Condition, ProviderError
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import without_internals

_FOUND: Final = {
    Condition.UP: "came up meanwhile",
    Condition.BUILDING: "is still being built and is waited for",
    Condition.BROKEN: "never came up; as nothing can be in it, it is deleted and made anew",
    Condition.GONE: "is not there (or hidden from this credential) and is made anew",
}


def choice_for(deployment: Deployment, goal: Goal, wanted: Resource, old: Resource) -> tuple[Choice, Resource]:
    """The step for it, and the old resource with values that the new ones can be compared with."""
    condition, old = _look(deployment, old)
    told = "; ".join(old.init_errors)
    deployment.report.diagnostic("info", f"{old.id} {_FOUND[condition]} (its creation had failed: {told})", old.urn)
    if condition is Condition.GONE:
        return Choice(op=Op.CREATE), old
    by_name = wanted.urn in deployment.options.replaces
    choice = choose(deployment.provider, old, wanted, replace=by_name, delete_first=goal.delete_before_replace)
    if condition is Condition.BROKEN:
        choice = replace(choice, op=Op.REPLACE, delete_before_replace=True)
    return choice, old


def finished(deployment: Deployment, old: Resource, wanted: Resource) -> Resource:
    """What its creation still had to do is done, and its coming up waited for; raises ProviderError if it does not."""
    if deployment.options.dry_run:
        return old
    now = deployment.actions.resume(wanted)
    if now is None:
        raise ProviderError(f"{old.id} is gone since it was looked at; run again")
    if now.init_errors:
        raise ProviderError("; ".join(now.init_errors))
    return now


def _look(deployment: Deployment, old: Resource) -> tuple[Condition, Resource]:
    if deployment.options.dry_run and reads.is_open(deployment, old.provider):
        return Condition.BUILDING, _as_asked(old)
    condition = deployment.actions.condition(old)
    if condition is Condition.UP:
        found = deployment.actions.read(old)
        if found is None and deployment.options.dry_run:  # in a list, but not to be read by this credential
            return condition, _as_asked(old)
        if found is None:
            return Condition.GONE, old
        return condition, replace(found, inputs=old.inputs, init_errors=old.init_errors)
    return condition, _as_asked(old)


def _as_asked(old: Resource) -> Resource:
    """What was recorded of it says nothing yet: it is to become what it was asked to be."""
    return replace(old, outputs=old.outputs | without_internals(old.inputs))
