"""One credential and scope at work: finds the handler of a type, completes what it tells, guards what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud import completion, whose
from orchestrator.engine.cloud.condition import condition_of
from orchestrator.engine.cloud.diff import changed_inputs
from orchestrator.engine.cloud.handler import Action, Addressed, Resumable
from orchestrator.engine.cloud.lookups.asked import Asked, check, said
from orchestrator.engine.cloud.lookups.table import FUNCTIONS
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.secrecy import guarded, mask
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.provider import Created, ProviderError, Read

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from threading import Event

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.provider import Condition, Properties

READ_SECONDS = 120.0


class OpenStackSession:
    """`provider.Session` on one connection."""

    def __init__(self, connection: Connection, locks: Locks, interruption: Event | None = None) -> None:
        self._connection = connection
        self._locks = locks
        self._interruption = interruption

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        action = self._action(kind, "create", seconds, inputs)
        with self._whose(action, inputs), guarded(action.type, inputs):
            made = HANDLERS[kind].create(action, inputs, created)
        return self._completed(action, inputs, made)

    def resume(self, kind: str, id: str, inputs: Properties, *, seconds: float | None) -> Created | None:  # noqa: A002 (the protocol's)
        action = self._action(kind, "create", seconds, inputs)
        handler = HANDLERS[kind]
        with self._whose(action, inputs), guarded(action.type, inputs):
            if isinstance(handler, Resumable):
                made = handler.resume(action, id, inputs)
            else:
                told = handler.read(action, id, inputs)
                made = None if told is None else Created(id=id, outputs=told)
        return None if made is None else self._completed(action, inputs, made)

    def find(self, kind: str, inputs: Properties) -> tuple[str, ...]:
        action = self._action(kind, "read", READ_SECONDS, inputs)
        with self._whose(action, inputs):
            return HANDLERS[kind].find(action, inputs)

    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:  # noqa: A002 (the protocol's)
        known = outputs or inputs
        return self._read(kind, id, known=known, recorded=known, inputs=inputs)

    def take(self, kind: str, id: str, inputs: Properties) -> Read | None:  # noqa: A002 (the protocol's)
        untold = completion.untold(type_of(kind), inputs)
        return self._read(kind, id, known=inputs, recorded=untold, inputs={})

    def condition(self, kind: str, id: str, inputs: Properties) -> Condition:  # noqa: A002 (the protocol's)
        action = self._action(kind, "read", READ_SECONDS, inputs)
        with self._whose(action, inputs):
            return condition_of(HANDLERS[kind], action, id, inputs)

    def update(
        self,
        kind: str,
        id: str,  # noqa: A002 (the protocol's)
        outputs: Properties,
        inputs: Properties,
        *,
        seconds: float | None,
    ) -> Properties:
        action = self._action(kind, "update", seconds, inputs)
        changed = changed_inputs(action.type, outputs, inputs)
        known = {**outputs, **{name: value for name, value in inputs.items() if action.type.inputs.get(name)}}
        with self._whose(action, outputs, inputs), guarded(action.type, inputs, outputs):
            told = HANDLERS[kind].update(action, id, changed, {**known, **_before(changed, outputs)})
        return completion.applied(action.type, inputs, told, action.connection.region)

    def delete(self, kind: str, id: str, outputs: Properties, *, seconds: float | None) -> None:  # noqa: A002 the API's own word
        action = self._action(kind, "delete", seconds, outputs)
        with self._whose(action, outputs):
            HANDLERS[kind].delete(action, id, outputs)

    def invoke(self, function: str, arguments: Properties) -> Properties:
        lookup = FUNCTIONS.get(function)
        if lookup is None:
            raise ProviderError(f"the function {function} is not supported by the embedded engine")
        given = said(arguments)
        self._check_region(given)
        check(function, lookup, given)
        asked = Asked(
            function=function.rpartition(":")[2],
            given=given,
            connection=self._connection,
            deadline=Deadline(READ_SECONDS, self._interruption),
            locks=self._locks,
        )
        with whose.told(self._connection):
            return lookup(asked)

    def _read(self, kind: str, id_: str, *, known: Properties, recorded: Properties, inputs: Properties) -> Read | None:
        """`known`: what helps to read the object; `recorded`: what stands for that which a read cannot tell."""
        action, handler = self._action(kind, "read", READ_SECONDS, inputs), HANDLERS[kind]
        addressed: Properties = {}
        if isinstance(handler, Addressed):
            id_, addressed = handler.address(id_)
        with self._whose(action, known):
            told = handler.read(action, id_, {**known, **addressed})
        if told is None:
            return None
        current = completion.observed(action.type, {**recorded, **addressed}, told, action.connection.region)
        return Read(id=id_, inputs=completion.taken_over(action.type, inputs, current), outputs=current)

    @staticmethod
    def _completed(action: Action, inputs: Properties, made: Created) -> Created:
        outputs = completion.applied(action.type, inputs, made.outputs, action.connection.region)
        owner = whose.named_by(action.type.project, outputs)
        problems = tuple(
            whose.ended(mask(action.type, text, inputs), action.connection, owner) for text in made.problems
        )
        return Created(id=made.id, outputs=outputs, problems=problems)

    @staticmethod
    def _whose(action: Action, *properties: Properties) -> AbstractContextManager[None]:
        """Errors end with the project that the object names, or else with that of the call."""
        return whose.told(action.connection, whose.named_by(action.type.project, *properties))

    def _action(self, kind: str, name: str, seconds: float | None, properties: Properties) -> Action:
        type_ = type_of(kind)
        self._check_region(properties)
        deadline = Deadline(type_.limit(name, seconds), self._interruption)
        return Action(type=type_, connection=self._connection, deadline=deadline, locks=self._locks)

    def _check_region(self, properties: Properties) -> None:
        region = properties.get("region")
        if region and self._connection.region and region != self._connection.region:
            raise ProviderError(
                f"region {region!r} is not the session's ({self._connection.region!r}): "
                "give the resource or function a provider of that region"
            )


def _before(changed: dict[str, Any], outputs: Properties) -> dict[str, Any]:
    """The recorded values of what changes: a handler needs both to tell what to add and what to take away."""
    return {name: outputs.get(name) for name in changed}
