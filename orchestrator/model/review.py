"""What a change would do to a region, in five parts: the facts of a review, for whoever shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.capacity import Resource
from orchestrator.model.finding import Finding, ObjectRef
from orchestrator.model.region import FreezeWindow
from orchestrator.model.review_figures import CostDelta, FootprintDelta
from orchestrator.model.review_source import Refused, UnjudgedFile


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """`field`: as in the model, dotted; `before`, `after`: as text, empty for what is not there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """A thing of a tenant or of the catalogue: a server, a volume, a flavor. `name`: with its further project."""

    kind: str
    name: str
    change: Change
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """One document that a change touches, or whose things it touches by way of the catalogue.

    `site`: where it stands; empty for what is of the region. `deletes`: objects of the cloud that go, at least;
    `creates`: that come. `says`: what must not be overlooked.
    """

    ref: ObjectRef
    change: Change
    site: str = ""
    fields: tuple[FieldChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    creates: int = 0
    deletes: int = 0
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDelta:
    """`new`, `solved`: findings that come and go, waived ones included; `staying`: those that neither does.

    `waivers`: what the change does to waivers, one sentence each.
    """

    new: tuple[Finding, ...] = ()
    solved: tuple[Finding, ...] = ()
    staying: tuple[Finding, ...] = ()
    waivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one resource of a site has left, in base units. None: the site does not have it in that revision.

    `site` empty: region-wide. `allocatable`: after the reserve; `free`: that less guaranteed shares;
    `unsold`: that less all quotas, below 0 where more is sold than is there.
    """

    site: str
    resource: Resource
    tier: str
    allocatable: int | None
    free: int | None
    unsold: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDelta:
    before: Room | None
    after: Room | None

    @property
    def any(self) -> Room:
        found = self.after or self.before
        if found is None:
            raise AssertionError("one of them is there")
        return found

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class LossDelta:
    """A domain whose loss somebody does not outlive. `text`: who, how much is missing; `new`: it did before."""

    domain: str
    text: str
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityDelta:
    """`losses`: not survived after the change; `outlived`: domains whose loss is survived now and was not before."""

    rooms: tuple[RoomDelta, ...] = ()
    losses: tuple[LossDelta, ...] = ()
    outlived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that is told of a change.

    `base`, `head`: commits; `base` empty: nothing is compared with. `unread`: why the figures are missing, empty when
    they are there. `freezes`: windows in which apply would refuse it, under way or soon; `approvals`: which it needs,
    as far as specs tell. `refused`: what of the head is not read at all; it refuses the change.
    """

    region: str
    folder: str
    base: str
    head: str
    base_asked: str
    head_asked: str
    today: dt.date
    behind: int = 0
    unread: str = ""
    refused: tuple[Refused, ...] = ()
    unjudged: tuple[UnjudgedFile, ...] = ()
    more_unjudged: bool = False
    documents: tuple[DocumentChange, ...] = ()
    deletion_budget: int = 0
    freezes: tuple[FreezeWindow, ...] = ()
    approvals: tuple[NeededApproval, ...] = ()
    policy: PolicyDelta = field(default_factory=PolicyDelta)
    capacity: CapacityDelta | None = None
    cost: CostDelta | None = None
    footprint: FootprintDelta | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of the head: those that came and those that stayed."""
        return (*self.policy.new, *self.policy.staying)

    @property
    def deletes(self) -> int:
        return sum(document.deletes for document in self.documents)

    @property
    def refuses(self) -> bool:
        return bool(self.refused) or any(finding.refuses for finding in self.findings)
