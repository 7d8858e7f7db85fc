"""What goes at the end of an operation, in which order, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.engine.deploy import protection
from orchestrator.engine.deploy.companions import Companions
from orchestrator.engine.deploy.deployment import Deployment, explained
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.deploy.schedule import run_all
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.order import needs
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry


def delete_unnamed(deployment: Deployment) -> None:
    """Delete what the program no longer names and what was replaced; with no program that is everything.

    Protection is looked at for all of it before the first deletion.
    """
    goes = leaving(deployment)
    if not _allowed(deployment, goes):
        return
    resources = [entry.resource for entry in goes]
    waits_for = _dependants(resources)
    companions = Companions(deployment, goes)
    run_all(
        waits_for,
        lambda index: goes[index] in companions or _delete(deployment, goes[index], companions),
        parallel=1 if deployment.options.dry_run else deployment.options.parallel,
        stopped=lambda: deployment.gate.stopped,
    )


def bar_protected(deployment: Deployment) -> None:
    """Note the protected resources that would be deleted."""
    for resource in _protected(leaving(deployment)):
        protection.bar(deployment, resource, protection.against_deletion(resource))


def leaving(deployment: Deployment) -> list[Entry]:
    """What goes at the end, dependants first."""
    rank = {id(resource): index for index, resource in enumerate(deployment.snapshot.resources())}
    entries = sorted(deployment.snapshot.entries(), key=lambda e: rank.get(id(e.resource), 0), reverse=True)
    found = [entry for entry in entries if _goes(deployment, entry.resource)]
    if deployment.options.continue_on_error:
        found = _without_needed_by_failures(deployment, found)
    if deployment.options.exclude_protected:
        found = _without_protected(found)
    return found if not deployment.options.targets | deployment.options.excludes else _targeted(deployment, found)


def _goes(deployment: Deployment, resource: Resource) -> bool:
    return resource.delete or deployment.for_providers or resource.urn not in deployment.met


def _without_needed_by_failures(deployment: Deployment, found: list[Entry]) -> list[Entry]:
    """What a failed or skipped resource may still stand on is left alone."""
    needed: set[str] = set()
    resources = deployment.snapshot.resources()
    for resource in reversed(resources):
        if resource.urn in needed or deployment.failed_among((resource.urn,)):
            needed.update(resource.leans_on())
    return [entry for entry in found if entry.resource.urn not in needed]


def _without_protected(found: list[Entry]) -> list[Entry]:
    """`--exclude-protected`: protected resources stay, and all that they stand on. Dependants come first in `found`."""
    kept: set[str] = set()
    result = []
    for entry in found:
        resource = entry.resource
        if resource.protect or resource.urn in kept:
            kept.update((resource.urn, *resource.leans_on()))
        else:
            result.append(entry)
    return result


def _targeted(deployment: Deployment, found: list[Entry]) -> list[Entry]:
    """Deletions go to targets only; what stands on one must be a target too."""
    chosen = [
        entry
        for entry in reversed(found)
        if urns.type_of(entry.resource.urn) != urns.STACK_TYPE
        and deployment.is_target(entry.resource.urn, _without_stack(entry.resource))
    ]
    names = {entry.resource.urn for entry in chosen if not entry.resource.delete}
    for entry in found:
        resource = entry.resource
        on = names.intersection(resource.leans_on())
        if on and resource.urn not in names and (deployment.for_providers or resource.urn not in deployment.met):
            step = Step(op="delete", urn=resource.urn)
            deployment.report.failed(
                step,
                f"Resource '{resource.urn}' will be destroyed but was not specified in --target list.\n"
                "Either include resource in --target list or pass --target-dependents to proceed.",
            )
            deployment.gate.stop()
            return []
    return list(reversed(chosen))


def _without_stack(resource: Resource) -> tuple[str, ...]:
    return tuple(urn for urn in resource.leans_on() if urns.type_of(urn) != urns.STACK_TYPE)


def _allowed(deployment: Deployment, leaving: Sequence[Entry]) -> bool:
    protected = _protected(leaving)
    for resource in protected:
        step = Step(op="delete", urn=resource.urn, old=resource)
        deployment.report.before(step)
        deployment.report.failed(step, protection.against_deletion(resource))
    if protected:
        deployment.gate.stop()
    return not protected


def _protected(leaving: Sequence[Entry]) -> list[Resource]:
    return [entry.resource for entry in leaving if entry.resource.protect and not entry.resource.delete]


def _dependants(resources: Sequence[Resource]) -> list[frozenset[int]]:
    """For each resource the indexes of those that stand on it and must be gone first."""
    found: list[set[int]] = [set() for _ in resources]
    for index, needed in enumerate(needs(resources)):
        for other in needed:
            found[other].add(index)
    return [frozenset(indexes) for indexes in found]


def _delete(deployment: Deployment, entry: Entry, companions: Companions) -> bool:
    old = entry.resource
    step = Step(op=_op(old), urn=old.urn, old=old)
    gone: list[Entry] = []
    try:
        deployment.gate.check()
        deployment.report.before(step)
        deployment.actions.delete(old, lambda: gone.extend(companions.drop(entry)))
    except Stopped:
        return False
    except Exception as error:  # noqa: BLE001  a step's failure of any kind must not take the others with it
        deployment.report.failed(step, explained(error))
        if not deployment.options.continue_on_error:
            deployment.gate.stop()
        return False
    for one in gone:
        along = Step(op=_op(one.resource), urn=one.resource.urn, old=one.resource)
        deployment.report.before(along)
        deployment.report.after(along, counted=not one.resource.delete)
    deployment.report.after(step, counted=not old.delete)
    return True


def _op(old: Resource) -> str:
    if old.delete:
        return "delete-replaced"
    return "discard" if old.external else "delete"
