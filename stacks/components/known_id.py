"""Ids that come from other stacks, which may not be there yet when a tenant is planned for the first time.

In a preview, an id that is not known yet is an unknown output; in a real run, a PermanentFailure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from orchestrator.errors import PermanentFailure
from orchestrator.model.known_ids import KnownIds


def region_id(ids: Mapping[str, str], kind: str, name: str) -> pulumi.Input[str]:
    """Of an object of the region."""
    return _known(ids.get(name), f"the region's stack exports no {kind} {name}", "the region")


def shared_network_ids(ids: KnownIds, owner: str, name: str) -> tuple[pulumi.Input[str], pulumi.Input[str]]:
    """Of another tenant's network, and of its subnet."""
    known = ids.network(owner, name)
    missing = f"the stack of tenant {owner} exports no network {name}"
    return (
        _known(known.network if known else None, missing, f"tenant {owner}"),
        _known(known.subnet if known else None, missing, f"tenant {owner}"),
    )


def unknown_yet() -> pulumi.Output[str]:
    """For a preview: what hangs on it is told as known after apply."""
    unknown: Any = pulumi.UNKNOWN
    return pulumi.Output.from_input(unknown)


def _known(id_: str | None, missing: str, first: str) -> pulumi.Input[str]:
    if id_ is not None:
        return id_
    if pulumi.runtime.is_dry_run():
        return unknown_yet()
    raise PermanentFailure(missing, hint=f"apply {first} first, then plan and apply again")
