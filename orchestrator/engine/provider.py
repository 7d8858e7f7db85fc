"""What the engine asks of whatever carries out resources.

The deployment core (`deploy/`) knows Pulumi's rules and none of OpenStack's; `cloud/` knows OpenStack and
none of Pulumi's protocols. They meet here, and a fake of these two protocols drives the core's unit tests.

Properties are plain Python values under their wire names (camelCase): secrets are unwrapped, nulls are left
out, whole numbers are `int`. In `check` and `diff` a value that is not known yet is `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Any, Final, Protocol, runtime_checkable

Properties = Mapping[str, Any]


class Unknown:
    """The value of an output that only a real run can tell; there is one instance, `UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class Change(StrEnum):
    """What a difference asks for."""

    SAME = "same"
    UPDATE = "update"
    REPLACE = "replace"


class Condition(StrEnum):
    """How far an object has come whose creation did not end well."""

    UP = "up"  # it came up meanwhile, or its type has no states
    BUILDING = "building"
    BROKEN = "broken"  # it never came up and never will, so nothing of value can be in it
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Inputs completed with defaults (their names in `__defaults`), or why they cannot be used."""

    inputs: Properties
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """New inputs against what is recorded. `paths`: property path -> `add`, `delete` or `update`."""

    change: Change
    paths: Mapping[str, str] = field(default_factory=dict)
    replace_paths: tuple[str, ...] = ()
    delete_before_replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new object. `problems`: it exists, but did not come up (a server in ERROR): recorded as `initErrors`."""

    id: str
    outputs: Properties
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the cloud says now. `inputs`: the recorded inputs with drifted values taken over.

    `id`: the one to record, where an import names the object by more than that.
    """

    inputs: Properties
    outputs: Properties
    id: str = ""


class ProviderError(Exception):
    """An action on one resource failed; the text says call, status, cause and request id, for an operator."""

    def __init__(self, message: str, *, temporary: bool = False) -> None:
        super().__init__(message)
        self.temporary = temporary


class Interrupted(ProviderError):
    """A wait was broken off because the operation is to end; what was waited for may still happen."""

    def __init__(self, what: str) -> None:
        super().__init__(f"interrupted while waiting for {what}; the next run goes on from there", temporary=True)


class NotYet(ProviderError):
    """Refused while objects exist that this run is about to delete; it is asked again after the deletions."""


class Session(Protocol):
    """One credential and scope. Safe to call from many threads at once. Every method raises `ProviderError`."""

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        """Make the object; `created(id)` is called as soon as the API has answered with an id, before any wait.

        `seconds`: limit of the whole action; None: the type's own.
        """

    def resume(self, kind: str, id: str, inputs: Properties, *, seconds: float | None) -> Created | None:  # noqa: A002 the API's own word
        """Finish a `create` that was interrupted once the object had its id: what it does after that, waits included.

        None: the object is gone.
        """

    def find(self, kind: str, inputs: Properties) -> tuple[str, ...]:
        """Ids of objects that an interrupted `create` with these inputs may have left behind."""

    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:  # noqa: A002 the API's own word
        """The object as it is now; None when it is gone. Empty `inputs` (import, `.get`): fill them from the API."""

    def take(self, kind: str, id: str, inputs: Properties) -> Read | None:  # noqa: A002 the API's own word
        """The object that a program takes over (`import_`) with these inputs, as it is now; None when there is none.

        What a read cannot tell and nothing can change is taken to be as the program says.
        """

    def condition(self, kind: str, id: str, inputs: Properties) -> Condition:  # noqa: A002 the API's own word
        """How far an object has come whose `create` with these inputs failed or was broken off; changes nothing."""

    def update(
        self,
        kind: str,
        id: str,  # noqa: A002 the API's own word
        outputs: Properties,
        inputs: Properties,
        *,
        seconds: float | None,
    ) -> Properties:
        """Bring the object from what is recorded (`outputs`) to the new `inputs`; returns the new outputs.

        One that is still building is waited for, with nothing changed as well.
        """

    def delete(self, kind: str, id: str, outputs: Properties, *, seconds: float | None) -> None:  # noqa: A002 the API's own word
        """Remove the object and wait until it is gone; an object that is gone already is no error."""

    def invoke(self, function: str, arguments: Properties) -> Properties:
        """A look-up such as `openstack:networking/getNetwork:getNetwork`."""


class Provider(Protocol):
    """All resource types of one Pulumi package."""

    package: str
    version: str

    def supports(self, kind: str) -> bool:
        """Whether resources of this type token can be carried out."""

    def secret_outputs(self, kind: str) -> frozenset[str]:
        """Outputs of the type that are secret whatever the program says."""

    def check(self, kind: str, name: str, inputs: Properties) -> Checked:
        """Defaults, unknown properties, types, conflicts, required. `name`: the logical name, for automatic names."""

    def diff(self, kind: str, *, old_outputs: Properties, inputs: Properties, old_inputs: Properties) -> Difference:
        """New checked inputs against recorded outputs, by schema; calls nothing."""

    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> Session:
        """The session for a provider resource's inputs ({} for the default one) and the operation's `OS_*`.

        `interruption`: once it is set, waits end with `Interrupted`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A resource in a plan. `id`: "" while it is not made; `sources`: input -> URN of what its value comes from."""

    urn: str
    name: str
    kind: str
    id: str
    inputs: Properties
    outputs: Properties
    sources: Mapping[str, str]


@runtime_checkable
class Foreseeing(Protocol):
    """A provider that knows what cannot be made beside what goes later, or go before what stays."""

    def foreseen(
        self, coming: Sequence[Planned], leaving: Sequence[Planned], everything: Sequence[Planned]
    ) -> Mapping[str, str]:
        """URN of what comes -> why it cannot be made while what leaves is still there; calls nothing."""

    def held(self, leaving: Sequence[Planned], staying: Sequence[Planned]) -> Mapping[str, str]:
        """URN of what leaves -> why it cannot be deleted while what stays is there; calls nothing."""
