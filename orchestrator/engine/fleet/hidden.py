"""What a service does not show to every credential that looks: its absence proves nothing to others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from orchestrator.engine.fleet.results import ResourceDrift, StackDrift, Verdict

_CONTAINER: Final = "openstack:objectstorage/container:Container"

HIDDEN: Final[Mapping[str, str]] = {
    "openstack:compute/serverGroup:ServerGroup": (
        "Nova shows the server groups of other projects to administrators alone (policy context_is_admin)"
    ),
}
"""Type token -> why a credential that stays in its own project does not see it, whatever the policy file says."""

REFUSED: Final[Mapping[str, str]] = {
    _CONTAINER: "Swift shows containers of other projects to roles that its system_reader_roles name",
}
"""Type token -> why such a credential is refused it, and what would let it look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenProperties:
    """Properties that are told all together or not at all, and why not.

    `doubt`: the same where nothing is recorded that should have been told, so that there may be nothing to tell.
    """

    names: Collection[str]
    reason: str
    doubt: str


HIDDEN_PROPERTIES: Final[Mapping[str, HiddenProperties]] = {
    _CONTAINER: HiddenProperties(
        names=("containerRead", "containerWrite"),
        reason="Swift shows who may use a container to its own project alone (swift_owner_headers)",
        doubt=(
            "nothing is told of who may use it: nobody, or Swift shows that to its own project alone "
            "(swift_owner_headers)"
        ),
    ),
}
"""Type token -> what of it such a credential may not be shown."""


def without_doubts(stack: StackDrift, told: Collection[str]) -> StackDrift:
    """Where others of its type (`told`) were told of, what was not told of one is not there."""
    return replace(stack, resources=tuple(_without_doubt(one, told) for one in stack.resources))


def _without_doubt(one: ResourceDrift, told: Collection[str]) -> ResourceDrift:
    if one.type not in told or (one.error != HIDDEN_PROPERTIES[one.type].doubt and not one.untold):
        return one
    verdict = one.verdict
    if verdict is Verdict.UNREAD:
        verdict = Verdict.CHANGED if one.untold else Verdict.SAME
    return replace(one, error="", verdict=verdict, changes=(*one.changes, *one.untold), untold=())
