"""How the cloud differs from what was applied, object by object and field by field, and who owns each difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from orchestrator.model.plan import REGION_STEP, ResourceChange

SPECS_SAY = "the spec says it"
"""Why most fields are ours."""


class Owner(StrEnum):
    """Whose word counts for a field, or for an object."""

    OURS = "ours"  # the spec's: a difference is drift
    THEIRS = "theirs"  # the member's or the cloud's: a difference is their right
    IGNORED = "ignored"  # nobody's: it means nothing


class Difference(StrEnum):
    """How an object differs from what was applied."""

    CHANGED = "changed"
    GONE = "gone"
    ADDED = "added"  # nobody applied it


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChange:
    """One property as the comparison finds it, not judged yet. None: not there; secrets are masked."""

    path: str
    applied: Any
    found: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundObject:
    """One object that differs, not judged yet.

    `kind`: Pulumi's type token; `name`: logical name, of what was added the cloud's; `declared`: what the program gave;
    `within`: logical name of the recorded object that an added one is a part of, with its kind in `within_kind`.
    """

    kind: str
    name: str
    id: str
    difference: Difference
    urn: str = ""
    changes: tuple[FoundChange, ...] = ()
    declared: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""
    within_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What was not looked at, and why. `hidden`: the credential is never shown it, so that trying again is idle."""

    kind: str
    name: str
    cause: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedStack:
    """One stack beside the cloud. `objects`: how many were compared."""

    stack: str
    objects: int
    found: tuple[FoundObject, ...] = ()
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Stacks beside the cloud. `lists`: list calls; `reads`: single reads; `unseen`: lists that could not be read."""

    stacks: tuple[ComparedStack, ...]
    lists: int = 0
    reads: int = 0
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDrift:
    """One field that differs. `applied`, `found`: text for people, empty: not there; `reason`: why it is theirs."""

    field: str
    applied: str
    found: str
    owner: Owner
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectDrift:
    """One object that differs. It is ours as soon as one of its fields is; `reason`: of objects without fields."""

    kind: str
    name: str
    id: str
    difference: Difference
    owner: Owner
    reason: str = ""
    within: str = ""
    fields: tuple[FieldDrift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackDrift:
    """One stack's differences, ignored ones left out. `tenant`: "" for the region's own; `looked_at`: RFC 3339, UTC."""

    tenant: str
    looked_at: str
    objects: int
    drifted: tuple[ObjectDrift, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    @property
    def ours(self) -> tuple[ObjectDrift, ...]:
        """What is drift."""
        return tuple(one for one in self.drifted if one.owner is Owner.OURS)

    @property
    def theirs(self) -> tuple[ObjectDrift, ...]:
        """What is their right."""
        return tuple(one for one in self.drifted if one.owner is Owner.THEIRS)

    @property
    def complete(self) -> bool:
        """Whether everything was looked at that this credential is ever shown."""
        return all(one.hidden for one in self.unseen)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftReport:
    """One drift pass over some or all stacks. `started_at`: RFC 3339, UTC; `lists`, `reads`: list calls, single reads.

    `unapplied`: chosen tenants that have no stack; `known`: tenants that have one, looked at or not ("": the region);
    `unseen`: what concerns no single stack.
    """

    region: str
    started_at: str
    seconds: float
    stacks: tuple[StackDrift, ...]
    lists: int
    reads: int
    known: tuple[str, ...]
    unapplied: tuple[str, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether silence means sameness."""
        return not self.unseen and all(one.complete for one in self.stacks)

    @property
    def drift(self) -> int:
        """Objects of ours that differ."""
        return sum(len(one.ours) for one in self.stacks)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRecord:
    """What is kept of the last good look at one stack: numbers alone. `looked_at`: RFC 3339, UTC."""

    looked_at: str
    objects: int
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRecord:
    """The last drift pass, and the last good look at each stack, by tenant ("" for the region's own).

    `started_at`: RFC 3339, UTC; `complete`: whether everything was seen that was looked at;
    `known`: tenants that had a stack then; one that is not in `stacks` was never looked at with success.
    """

    started_at: str
    seconds: float
    complete: bool
    known: tuple[str, ...]
    stacks: Mapping[str, StackRecord]

    @property
    def drift(self) -> int:
        """Objects of ours that differed."""
        return sum(one.ours for one in self.stacks.values())

    @property
    def seen_since(self) -> str:
        """Every stack has been looked at since then; "" while one never was."""
        if not self.known or any(tenant not in self.stacks for tenant in self.known):
            return ""
        return min(self.stacks[tenant].looked_at for tenant in self.known)


def tenant_of(stack: str) -> str:
    """The tenant of a stack; "" for the region's own."""
    return "" if stack == REGION_STEP else stack


ADDED_URN = "urn:mutualis:added::"
"""How the URN of a change begins that takes away what was added to an object of ours: no stack has recorded it."""


def added_urn(kind: str, identity: str, within: str) -> str:
    """`within`: URN of the recorded object that it was added to."""
    return f"{ADDED_URN}{kind}::{identity}::{within}"


def added_parts(change: ResourceChange) -> tuple[str, str, str]:
    """Kind, identity and holder of what such a change takes away."""
    kind, identity, within = change.urn.removeprefix(ADDED_URN).split("::", 2)
    return kind, identity, within


def is_added(change: ResourceChange) -> bool:
    """Whether the change takes away what nobody applied."""
    return change.urn.startswith(ADDED_URN)
