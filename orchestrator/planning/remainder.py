"""Whether a plan is what is left of a reviewed one that was begun: nothing in it that was not seen by its reviewers.

A step that was killed, failed or waited is planned again with other words (its reason, what is there already), and a
tenant's digest changes once the region has made what it refers to. What counts is that each step is wanted as it was
reviewed (`Step.wanted`), and does to each resource what was reviewed or less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.model.plan import Operation, Plan, PropertyChange, ResourceChange, Step, StepAction, Trouble

UNKNOWN: Final = "(known after apply)"
"""What an engine says of a value that it does not know yet."""

MAY_BE_LEFT: Final[Mapping[Operation, frozenset[Operation]]] = {
    Operation.CREATE: frozenset({Operation.CREATE, Operation.UPDATE, Operation.REPLACE}),  # made, but not whole
    Operation.UPDATE: frozenset({Operation.UPDATE}),
    Operation.REPLACE: frozenset({Operation.REPLACE, Operation.CREATE, Operation.DELETE}),  # one of its two halves
    Operation.DELETE: frozenset({Operation.DELETE}),
}
"""What may still have to be done to a resource of which this was reviewed, when the run was cut off in the midst."""


def beyond(reviewed: Plan, now: Plan) -> tuple[str, ...]:
    """What would be done now and was not reviewed, one sentence each; empty: it is what is left of the reviewed plan.

    A step that only brings the ledger up to date does nothing that anybody would have to see.
    """
    before = {step.name: step for step in reviewed.steps}
    return tuple(
        sentence
        for step in now.steps
        if step.action is not StepAction.RECORD
        for sentence in _beyond(before.get(step.name), step)
    )


def _beyond(reviewed: Step | None, now: Step) -> Iterator[str]:
    if reviewed is None:
        yield f"{now.name} was not reviewed"
    elif (reviewed.action, _wanted(reviewed), reviewed.repair) != (now.action, _wanted(now), now.repair):
        yield f"{now.name} is to become something else than was reviewed"
    elif now.trouble is not Trouble.NONE:
        yield f"{now.name} cannot be shown now"
    elif reviewed.trouble is not Trouble.NONE:
        yield f"{now.name} could not be shown when it was reviewed"
    elif not reviewed.later:  # of one that waited for its hosts no resource was ever shown
        yield from _more(reviewed, now)


def _wanted(step: Step) -> str:
    return step.wanted or step.digest


def _more(reviewed: Step, now: Step) -> Iterator[str]:
    known = {change.urn: change for change in reviewed.changes}
    for change in now.changes:
        if not _left(known.get(change.urn), change):
            yield f"{now.name}: {change.operation.value} of {change.name} was not reviewed"


def _left(reviewed: ResourceChange | None, now: ResourceChange) -> bool:
    if reviewed is None or now.operation not in MAY_BE_LEFT[reviewed.operation]:
        return False
    if now.operation is not Operation.UPDATE or reviewed.operation is Operation.CREATE:
        return True
    known = {one.path: one for one in reviewed.properties}
    return all(one.path in known and _same(known[one.path], one) for one in now.properties)


def _same(reviewed: PropertyChange, now: PropertyChange) -> bool:
    """Of a value that was not known yet, the run that was cut off may have written as much as it knew."""
    return reviewed.new == UNKNOWN or (reviewed.old, reviewed.new) == (now.old, now.new)
