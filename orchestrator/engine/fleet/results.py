"""What fleet calls answer: one frozen record a stack, in the order in which the stacks were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """How a recorded resource compares with the cloud."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    ERROR = "error"  # it could not be read
    UNREAD = "unread"  # it was not looked at: the credential is not shown it, or single reads were not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One property that differs. `old`: recorded, `new`: in the cloud; None: not there; secrets are masked."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceDrift:
    """One resource. `changes`: of one that changed, by path; `error`: why it, or a part of it, was not read.

    `untold`: changes of what is recorded and was not told, if that means that it is not there;
    `inputs`: of one that changed, or may have, what its program gave, as recorded; secrets are masked.
    """

    urn: str
    type: str
    id: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    error: str = ""
    untold: tuple[Change, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackDrift:
    """One stack. `resources`: those with an object in the cloud; `failures`: what kept the stack from being looked at.

    A stack with failures tells nothing by the resources that are missing here.
    """

    stack: str
    resources: tuple[ResourceDrift, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def drifted(self) -> tuple[ResourceDrift, ...]:
        """Those that are not as recorded."""
        return tuple(one for one in self.resources if one.verdict in {Verdict.CHANGED, Verdict.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """An object in a project of a stack, or within an object of it, that no stack of the fleet has recorded.

    `within`: URN of the recorded object that holds it (a rule's security group, an assignment's project); "" if none.
    """

    stack: str
    kind: str
    id: str
    name: str
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a fleet call cost. `lists`: list calls, pages counted each; `listed`: resources answered by lists.

    `single`: resources no list tells of, read by themselves; `confirmed`: those whose list entry differed from the
    record, or was missing, and which were read by themselves before it was said.
    """

    lists: int = 0
    listed: int = 0
    single: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetDrift:
    """All stacks of a `drift_many` or `refresh_many`.

    `strangers`: if they were asked for; `unlisted`: lists in which they could not be looked for, each with the cause.
    """

    stacks: tuple[StackDrift, ...]
    effort: Effort
    strangers: tuple[Stranger, ...] = ()
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackPreview:
    """What an `up` of one stack would do: operation -> number of resources; `failures`: why it cannot be told."""

    stack: str
    changes: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would be done."""
        return not self.failures and not any(
            number for op, number in self.changes.items() if op not in {"same", "read"}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPreview:
    """All stacks of a `preview_many`."""

    stacks: tuple[StackPreview, ...]
    effort: Effort
