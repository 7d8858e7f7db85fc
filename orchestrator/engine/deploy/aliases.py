"""Under which earlier names a resource may be recorded, and what renaming it means for the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Alias, Goal
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry


def earlier_names(deployment: Deployment, goal: Goal) -> tuple[str, ...]:
    """URNs of the goal's own aliases, and those that its parent's aliases give it."""
    met = deployment.met.get(goal.parent)
    parents = met.aliases if met else ()
    found: dict[str, None] = {}
    for alias in goal.aliases:
        found |= dict.fromkeys(_of_alias(deployment, goal, alias, parents))
    for parent in parents:
        found[deployment.urn(parent, goal.type, _child_name(goal, parent))] = None
    return tuple(found)


def _of_alias(deployment: Deployment, goal: Goal, alias: Alias, parents: tuple[str, ...]) -> Iterator[str]:
    if alias.urn:
        yield alias.urn
        return
    stack, project = alias.stack or deployment.stack, alias.project or deployment.project
    kind = alias.type or goal.type
    own = "" if alias.no_parent else alias.parent or goal.parent
    yield urns.build(stack, project, own, kind, alias.name or goal.name)
    if not alias.no_parent and not alias.parent:
        for parent in parents:
            yield urns.build(stack, project, parent, kind, alias.name or _child_name(goal, parent))


def _child_name(goal: Goal, parent: str) -> str:
    """A child named after its parent was named after the parent's old name before."""
    now = urns.name_of(goal.parent)
    return urns.name_of(parent) + goal.name.removeprefix(now) if goal.name.startswith(now) else goal.name


def find_old(deployment: Deployment, urn: str, aliases: tuple[str, ...]) -> Entry | None:
    """The recorded resource that the program now calls `urn`; nobody else in this run may claim it."""
    with deployment.lock:
        for name in (urn, *aliases):
            entry = deployment.snapshot.live(name)
            if entry is not None and entry.key not in deployment.claimed:
                deployment.claimed.add(entry.key)
                if name != urn:
                    return _rename(deployment, entry, urn)
                return entry
    return None


def _rename(deployment: Deployment, entry: Entry, urn: str) -> Entry:
    """Give a recorded resource its new name, everywhere."""
    before = entry.resource.urn
    renamed = replace(entry.resource, urn=urn)
    deployment.snapshot.amend(entry.key, renamed)
    for other in deployment.snapshot.entries():
        if before in other.resource.leans_on():
            deployment.snapshot.amend(other.key, _pointed_anew(other.resource, before, urn))
    return Entry(entry.key, renamed)


def _pointed_anew(resource: Resource, before: str, now: str) -> Resource:
    def named(urn: str) -> str:
        return now if urn == before else urn

    provider, _, identity = resource.provider.rpartition("::")
    return replace(
        resource,
        parent=named(resource.parent),
        provider=f"{named(provider)}::{identity}" if resource.provider else "",
        deleted_with=named(resource.deleted_with),
        replace_with=tuple(map(named, resource.replace_with)),
        dependencies=tuple(map(named, resource.dependencies)),
        property_dependencies={
            name: tuple(map(named, found)) for name, found in resource.property_dependencies.items()
        },
    )
