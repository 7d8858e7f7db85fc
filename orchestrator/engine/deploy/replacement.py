"""Putting a new object in the place of an old one: before or after the old one goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orchestrator.engine.deploy import foresight, paths, protection, together
from orchestrator.engine.deploy.choose import Choice, Op
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Answer
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import UNKNOWN, Change, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import has_unknown, plain

Create = Callable[[Deployment, Resource, "Entry | None", Step], Answer]


def register(deployment: Deployment, wanted: Resource, entry: Entry, choice: Choice, create: Create) -> Answer:
    """Carry a replacement out; the new object's `create` is given, since it is like any other."""
    old = entry.resource
    step = Step(
        op="replace", urn=wanted.urn, old=old, new=wanted, paths=choice.paths, replace_paths=choice.replace_paths
    )
    creation = replace(step, op="create-replacement")
    if choice.op is Op.RECREATE:
        deployment.report.before(step)
        answer = create(deployment, wanted, entry, creation)
        deployment.report.after(step)
        deployment.mark_replaced(wanted.urn)
        return answer
    if old.protect and wanted.protect:
        _bar(deployment, old, protection.against_replacement(old), certain=_is_certain(wanted, choice))
    if choice.delete_before_replace:
        answer = _delete_first(deployment, wanted, entry, step, create)
    else:
        answer = _create_first(deployment, wanted, entry, creation, create)
        deployment.report.before(step)
        deployment.report.after(step)
    deployment.mark_replaced(wanted.urn)
    return answer


def _bar(deployment: Deployment, resource: Resource, message: str, *, certain: bool) -> None:
    """In earnest that is the end of it; a run for show goes on, so that all that is barred is found.

    A rehearsal lets pass what only looks like a replacement because a value is not known yet: the run in earnest
    decides when it is.
    """
    if not deployment.options.dry_run:
        raise ProviderError(message)
    if certain or not deployment.rehearsal:
        protection.bar(deployment, resource, message)


def _is_certain(wanted: Resource, choice: Choice) -> bool:
    tops = {str(paths.parse(path)[0]) for path in choice.replace_paths}
    return not tops or any(not has_unknown(wanted.inputs.get(top)) for top in tops)


def _create_first(deployment: Deployment, wanted: Resource, entry: Entry, creation: Step, create: Create) -> Answer:
    """The old entry is set aside, to be deleted at the end; it comes back if nothing can be made."""
    old = entry.resource
    deployment.snapshot.amend(entry.key, replace(old, delete=True))
    try:
        return create(deployment, wanted, None, creation)
    except ProviderError:
        if deployment.snapshot.live(old.urn) is None:
            deployment.snapshot.amend(entry.key, old)
        raise


def _delete_first(deployment: Deployment, wanted: Resource, entry: Entry, step: Step, create: Create) -> Answer:
    leaving = [*reversed(dependants_to_replace(deployment, wanted.urn)), entry]
    foresight.nothing_holds(deployment, leaving)
    for one in leaving:
        if one.resource.protect and one.key != entry.key and one.resource.urn not in deployment.unprotected:
            _bar(deployment, one.resource, protection.against_going_along(one.resource, wanted.urn), certain=True)
    for one in leaving:
        _delete(deployment, one)
    deployment.report.before(step)
    deployment.report.after(step)
    now = deployment.snapshot.live(wanted.urn)
    return create(deployment, wanted, now, replace(step, op="create-replacement"))


def _delete(deployment: Deployment, entry: Entry) -> None:
    """By a call of its own also where it would go along with another: should that one stay, so would this."""
    old = entry.resource
    step = Step(op="delete-replaced", urn=old.urn, old=old)
    deployment.report.before(step)
    deployment.actions.delete(old, lambda: deployment.snapshot.amend(entry.key, replace(old, pending_replacement=True)))
    deployment.report.after(step, counted=False)


def dependants_to_replace(deployment: Deployment, urn: str) -> list[Entry]:
    """Recorded resources that cannot outlive this one: a change of its id would replace them too; nearest first."""
    found: dict[int, Entry] = {}
    leaving = {urn}
    for entry in _in_order(deployment):
        resource = entry.resource
        if resource.delete or resource.pending_replacement or resource.urn in leaving:
            continue
        if _would_be_replaced(deployment, resource, leaving):
            leaving.add(resource.urn)
            found[entry.key] = entry
    return list(found.values())


def _in_order(deployment: Deployment) -> list[Entry]:
    rank = {(r.urn, r.delete, r.id): index for index, r in enumerate(deployment.snapshot.resources())}
    entries = deployment.snapshot.entries()
    return sorted(entries, key=lambda e: rank.get((e.resource.urn, e.resource.delete, e.resource.id), 0))


def _would_be_replaced(deployment: Deployment, resource: Resource, leaving: set[str]) -> bool:
    if not resource.custom or resource.external or urns.is_provider(resource.type):
        return False
    if together.goes_along(resource, leaving):
        return True
    touched = [name for name, needs in resource.property_dependencies.items() if not leaving.isdisjoint(needs)]
    if not touched:
        return False
    inputs = plain(resource.inputs) | {name: UNKNOWN for name in touched}  # noqa: C420  one literal reads better
    difference = deployment.provider.diff(
        resource.type, old_outputs=plain(resource.outputs), inputs=inputs, old_inputs=plain(resource.inputs)
    )
    return difference.change is Change.REPLACE
