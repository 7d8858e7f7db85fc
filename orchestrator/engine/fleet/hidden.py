"""What a service does not show to every credential that looks: its absence proves nothing to others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

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
    """Properties that are told all together or not at all, and why not."""

    names: Collection[str]
    reason: str


HIDDEN_PROPERTIES: Final[Mapping[str, HiddenProperties]] = {
    _CONTAINER: HiddenProperties(
        names=("containerRead", "containerWrite"),
        reason="Swift shows who may use a container to its own project alone (swift_owner_headers)",
    ),
}
"""Type token -> what of it such a credential may not be shown."""
