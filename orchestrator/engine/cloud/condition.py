"""How far an object has come whose creation did not end well, by its own state where its type has any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from orchestrator.engine.provider import Condition

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action, Handler
    from orchestrator.engine.provider import Properties


@runtime_checkable
class Stateful(Protocol):
    """A handler whose objects have states of their own."""

    def condition(self, action: Action, id_: str, inputs: Properties) -> Condition: ...


def condition_of(handler: Handler, action: Action, id_: str, inputs: Properties) -> Condition:
    if isinstance(handler, Stateful):
        return handler.condition(action, id_, inputs)
    return Condition.GONE if handler.read(action, id_, inputs) is None else Condition.UP
