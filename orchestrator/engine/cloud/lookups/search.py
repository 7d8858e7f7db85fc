"""A look-up: the one object of a collection that has everything that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.completion import observed
from orchestrator.engine.cloud.handler import Action
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.provider import Properties

SECONDS: Final = 120.0
Body = dict[str, Any]


def _nothing(action: Action, body: Body) -> dict[str, Any]:  # noqa: ARG001 (one signature)
    return {}


def _as_it_is(action: Action, arguments: Properties) -> Action:  # noqa: ARG001 (one signature)
    return action


def _all(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    return bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`keys`: argument -> key of the object that must equal it; `query`: those that the service filters by itself.

    `placed`: the action as these arguments ask for it (another project); `listing`: path of the collection with its
    fixed query; `narrow`: what no key tells; `told`: outputs beyond those of the resource type `kind`; `own_id`: the
    argument and result that repeats the id.
    """

    kind: str
    keys: Mapping[str, str]
    query: frozenset[str] = frozenset()
    listing: str = ""
    own_id: str = ""
    version: str = ""
    narrow: Callable[[Action, list[Body], Properties], list[Body]] = _all
    told: Callable[[Action, Body], dict[str, Any]] = _nothing
    placed: Callable[[Action, Properties], Action] = _as_it_is
    ignored: frozenset[str] = field(default=frozenset({"region"}))

    def __call__(self, connection: Connection, locks: Locks, arguments: Properties) -> dict[str, Any]:
        type_ = type_of(self.kind)
        action = Action(type=type_, connection=connection, deadline=Deadline(SECONDS), locks=locks)
        given = {name: value for name, value in arguments.items() if value is not None}
        action = self.placed(action, given)
        body = only(self.narrow(action, self._candidates(action, given), given), self._what(), given)
        outputs = self._outputs(action, body)
        return {**given, **outputs, "id": str(body["id"])}

    def _candidates(self, action: Action, given: Properties) -> list[Body]:
        query = {self.keys[name]: _text(value) for name, value in given.items() if name in self.query}
        path = self.listing or action.type.api.path
        found = action.service().all(path, action.type.api.many, version=self.version, **query)
        wanted = {self.keys[name]: value for name, value in given.items() if name in self.keys}
        return [body for body in found if all(_text(body.get(key)) == _text(value) for key, value in wanted.items())]

    def _outputs(self, action: Action, body: Body) -> dict[str, Any]:
        told = HANDLERS[self.kind].read(action, str(body["id"]), {}) or {}
        outputs = observed(action.type, {}, told, action.connection.region)
        own = {self.own_id: str(body["id"])} if self.own_id else {}
        return outputs | own | self.told(action, body)

    def _what(self) -> str:
        return self.kind.rpartition(":")[2]


def only(found: Sequence[Body], what: str, arguments: Properties) -> Body:
    """The one that was found; none or several is the program's mistake, said with what was looked for."""
    asked = ", ".join(f"{name}={value!r}" for name, value in sorted(arguments.items())) or "no argument at all"
    if not found:
        raise ProviderError(f"no {what} with {asked} that this credential can see")
    if len(found) > 1:
        ids = ", ".join(str(body["id"]) for body in found[:5])
        raise ProviderError(f"{len(found)} of type {what} with {asked}: say more to mean one of {ids}")
    return found[0]


def _text(value: Any) -> str:
    return "" if value is None else str(values.scalar("str", value))
