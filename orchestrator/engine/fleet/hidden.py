"""What a service shows to administrators alone, whatever its policy file says: its absence proves nothing to others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HIDDEN: Final[Mapping[str, str]] = {
    "openstack:compute/serverGroup:ServerGroup": (
        "Nova shows the server groups of other projects to administrators alone (policy context_is_admin)"
    ),
}
"""Type token -> why a credential that stays in its own project does not see it."""
