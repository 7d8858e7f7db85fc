"""What a change meets after its merge: freeze windows, and who must have approved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.counted import counted
from orchestrator.model.region import ChangeKind, FreezeWindow, Region
from orchestrator.model.review import DocumentChange
from orchestrator.model.specs import Specs
from orchestrator.planning.approvals import governed, needed_for

AHEAD: Final = dt.timedelta(days=30)
"""How far ahead a freeze window is told: a change waits for its review and its apply about as long."""


def builds(document: DocumentChange) -> bool:
    """Whether something may come of it in the cloud or on hosts: a waiver suspends, and makes nothing."""
    return document.ref.kind != "Waiver"


def freezes(region: Region, today: dt.date) -> tuple[FreezeWindow, ...]:
    """Of the head, which is what apply reads: those under way and those that begin soon, by their first day."""
    near = (one for one in region.freeze_windows if one.start <= today + AHEAD and today <= one.end)
    return tuple(sorted(near, key=lambda one: (one.start, one.end)))


def approvals(was: Specs | None, now: Specs, documents: Sequence[DocumentChange]) -> tuple[NeededApproval, ...]:
    """As far as specs tell: what is replaced goes too, and only a plan knows that."""
    kinds: dict[ChangeKind, str] = {}
    if acting := sum(1 for one in documents if builds(one)):
        kinds[ChangeKind.ANY] = counted(acting, "document")
    if going := sum(one.deletes for one in documents):
        kinds[ChangeKind.DELETIONS] = f"{counted(going, 'object')} at least"
    if hosts := sorted(one.ref.name for one in documents if one.ref.kind == "Host"):
        kinds[ChangeKind.HOSTS] = ", ".join(hosts)
    return needed_for(kinds, governed(now), governed(was) if was else None)
