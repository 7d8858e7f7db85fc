"""Ids that come from the region's stack, which may not be there yet when a tenant is planned for the first time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from orchestrator.errors import PermanentFailure


def region_id(ids: Mapping[str, str], kind: str, name: str) -> pulumi.Input[str]:
    """The id; in a preview, an id that is not known yet is an unknown output. Raises PermanentFailure in a real run."""
    if name in ids:
        return ids[name]
    if pulumi.runtime.is_dry_run():
        unknown: Any = pulumi.UNKNOWN
        return pulumi.Output.from_input(unknown)
    raise PermanentFailure(
        f"the region's stack exports no {kind} {name}", hint="apply the region first, then plan and apply again"
    )
