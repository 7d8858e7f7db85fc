"""One call of a function by a program: what it was given, and the means to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.cloud.waits import Deadline
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`function`: its name, as `getNetwork`; `given`: its arguments, without those that say nothing."""

    function: str
    given: Properties
    connection: Connection
    deadline: Deadline
    locks: Locks

    @property
    def what(self) -> str:
        """What is looked for, as `Network`."""
        return self.function.removeprefix("get")

    @property
    def region(self) -> str:
        return str(self.given.get("region") or self.connection.region)

    def service(self, name: str, headers: Mapping[str, str] | None = None) -> Service:
        return Service(self.connection, name, self.deadline, headers)


class Lookup(Protocol):
    """What answers a function. `arguments`: those that it takes; `required`: those it cannot do without."""

    @property
    def arguments(self) -> frozenset[str]: ...

    @property
    def required(self) -> frozenset[str]: ...

    @property
    def results(self) -> frozenset[str]:
        """The names of what it answers with, beyond the arguments as they were given."""

    def __call__(self, asked: Asked) -> dict[str, Any]: ...


def said(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that say something: an empty text, list or map is as good as none, false and 0 are not."""
    return {name: value for name, value in arguments.items() if value is not None and value not in ("", [], {})}


def check(function: str, lookup: Lookup, given: Properties) -> None:
    """Raise `ProviderError` for an argument that the function does not know, or for one that it lacks."""
    name = function.rpartition(":")[2]
    for argument in sorted(set(given) - lookup.arguments):
        close = get_close_matches(argument, lookup.arguments, n=1)
        raise ProviderError(f"{name} has no argument {argument}" + (f"; did you mean {close[0]}?" if close else ""))
    for argument in sorted(lookup.required - set(given)):
        raise ProviderError(f"{name} needs the argument {argument}")
