"""Which resource comes before which: the order of a checkpoint and of deletions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orchestrator.engine.state.resource import Resource


def ordered(resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """The resources with everything that one leans on in front of it; otherwise in the given order.

    References to what is not there any more are taken away: Pulumi refuses a checkpoint that holds them.
    """
    pruned = _pruned(resources)
    edges = needs(pruned)
    result: list[Resource] = []
    state = [0] * len(pruned)  # 0 not seen, 1 on the way, 2 placed
    for start in range(len(pruned)):
        _place(start, edges, state, result, pruned)
    return tuple(result)


def _place(
    start: int,
    edges: Sequence[tuple[int, ...]],
    state: list[int],
    result: list[Resource],
    resources: Sequence[Resource],
) -> None:
    stack = [start]
    while stack:
        index = stack[-1]
        waiting = [] if state[index] else [other for other in edges[index] if state[other] == 0]
        if state[index] == 0:
            state[index] = 1
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        if state[index] == 1:
            state[index] = 2
            result.append(resources[index])


def needs(resources: Sequence[Resource]) -> list[tuple[int, ...]]:
    """For each resource the indexes of those it leans on.

    Where a URN stands twice (one is replaced), what is itself to be deleted leans on the old one.
    """
    live: dict[str, int] = {}
    leaving: dict[str, int] = {}
    for index, resource in enumerate(resources):
        (leaving if resource.delete else live)[resource.urn] = index
    return [tuple(_resolved(resource, live, leaving)) for resource in resources]


def _resolved(resource: Resource, live: Mapping[str, int], leaving: Mapping[str, int]) -> list[int]:
    first, second = (leaving, live) if resource.delete else (live, leaving)
    found = (first.get(urn, second.get(urn)) for urn in resource.leans_on())
    return [index for index in found if index is not None]


def _pruned(resources: Sequence[Resource]) -> list[Resource]:
    known = {resource.urn for resource in resources}
    return [
        resource if all(urn in known for urn in resource.leans_on()) else _without_dangling(resource, known)
        for resource in resources
    ]


def _without_dangling(resource: Resource, known: set[str]) -> Resource:
    return replace(
        resource,
        parent=resource.parent if resource.parent in known else "",
        deleted_with=resource.deleted_with if resource.deleted_with in known else "",
        replace_with=tuple(urn for urn in resource.replace_with if urn in known),
        dependencies=tuple(urn for urn in resource.dependencies if urn in known),
        property_dependencies={
            name: tuple(urn for urn in urns if urn in known) for name, urns in resource.property_dependencies.items()
        },
    )
