"""What carries out one resource type, and what it is given to do so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from orchestrator.engine.cloud.rest import Service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.cloud.schema import ResourceType
    from orchestrator.engine.cloud.waits import Deadline
    from orchestrator.engine.provider import Created, Properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action on one resource. `locks`: one lock per object that takes one change at a time (routers).

    `headers`: sent with every call on the type's own service (whose project to act in, for those that ask).
    """

    type: ResourceType
    connection: Connection
    deadline: Deadline
    locks: Locks
    headers: Mapping[str, str] = field(default_factory=dict)

    def service(self, name: str = "") -> Service:
        """The type's own service, or the one named."""
        own = name in {"", self.type.api.service}
        return Service(
            self.connection, name or self.type.api.service, self.deadline, headers=self.headers if own else {}
        )


class Handler(Protocol):
    """How one type is carried out. Outputs may leave out what is kept, local or null: the session completes them."""

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        """Make the object; `created(id_)` as soon as the API has answered, before any wait."""

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        """Ids of objects that an interrupted create with these inputs may have left behind."""

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        """Outputs as the API tells them; None when the object is gone. `known`: outputs recorded so far."""

    def update(self, action: Action, id_: str, changed: Mapping[str, object], known: Properties) -> Properties:
        """Apply `changed` (new input values; None: taken away); `known`: recorded outputs. Returns outputs."""

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        """Remove the object and wait until it is gone; one that is gone already is no error."""


@runtime_checkable
class Addressed(Protocol):
    """A handler whose objects are imported by more than the id that is recorded."""

    def address(self, id_: str) -> tuple[str, Properties]:
        """`pool/member` -> the id to record, and the outputs that the rest of it tells."""


@runtime_checkable
class Resumable(Protocol):
    """A handler whose `create` goes on after the object has its id: more calls, data to send, a state to wait for."""

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        """What `create` does from there on; may run again. None: the object is gone."""
