"""A look-up in a collection: the one object that has everything that was asked for, or the ids of all that have it.

What was asked for always counts: an argument that the official provider takes and does not look at (the type of a
volume, the hosts of an aggregate) narrows the search here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.lookups.asked import Asked, Body
from orchestrator.engine.cloud.lookups.matching import fits
from orchestrator.engine.cloud.lookups.reading import id_of_many, told
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orchestrator.engine.cloud.lookups.matching import Filter
    from orchestrator.engine.cloud.lookups.reading import Key
    from orchestrator.engine.provider import Properties

REGION: Final = "region"
MOST_RECENT: Final = "mostRecent"


def _as_listed(asked: Asked, bodies: list[Body]) -> list[Body]:  # noqa: ARG001 (one signature)
    return bodies


def _as_found(asked: Asked, body: Body) -> Body:  # noqa: ARG001 (one signature)
    return body


def _no_headers(asked: Asked) -> dict[str, str]:  # noqa: ARG001 (one signature)
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`path`: the collection below the service's root, with `{argument}`s in it; `many`: its key in the answer.

    `keys`: arguments that are results too, and what of the body they are; `filters`: arguments that are more than
    one equal value; `sent`: arguments that the service alone understands, and its names for them; `query`: which of
    `keys` the service is sent, so that it answers with less; `told`: results that are no arguments; `defaults`: of
    arguments; `alone`: an argument that is an id, beside which no default counts; `newest`: the key by which
    `mostRecent` chooses; `extended`: what takes further calls before the choice, `finished`: after it; `headers`:
    sent with the call (whose project to look in); `identity`: the id of what is found.
    """

    service: str
    path: str
    many: str
    keys: Mapping[str, Key]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    query: frozenset[str] = frozenset()
    told: Mapping[str, Key] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    alone: str = ""
    newest: str = ""
    version: str = ""
    extended: Callable[[Asked, list[Body]], list[Body]] = _as_listed
    finished: Callable[[Asked, Body], Body] = _as_found
    headers: Callable[[Asked], Mapping[str, str]] = _no_headers
    identity: str = "{id}"

    @property
    def required(self) -> frozenset[str]:
        return arguments_in(self.path)

    @property
    def arguments(self) -> frozenset[str]:
        newest = {MOST_RECENT} if self.newest else set()
        return frozenset({*self.keys, *self.filters, *self.sent, *self.required, *newest, REGION})

    @property
    def results(self) -> frozenset[str]:
        return frozenset({*self.keys, *self.told, "id", REGION})

    def __call__(self, asked: Asked) -> dict[str, Any]:
        given = self.completed(asked)
        found = self.found(asked, given)
        if given.get(MOST_RECENT):
            found = sorted(found, key=lambda body: str(body[self.newest]))[-1:]
        body = self.finished(asked, only(found, asked.what, asked.given))
        results = {name: told(body, key) for name, key in (*self.keys.items(), *self.told.items())}
        return {**given, **results, "id": self.identity.format(**given | body), REGION: asked.region}

    def completed(self, asked: Asked) -> dict[str, Any]:
        return {**asked.given} if self.alone in asked.given else {**self.defaults, **asked.given}

    def found(self, asked: Asked, given: Properties) -> list[Body]:
        bodies = self.extended(asked, self._listed(asked, given))
        wanted = [(key, given[name]) for name, key in self.keys.items() if name in given]
        narrowed = [(narrow, given[name]) for name, narrow in self.filters.items() if name in given]
        return [
            body
            for body in bodies
            if all(fits(told(body, key), value) for key, value in wanted)
            and all(narrow(body, value) for narrow, value in narrowed)
        ]

    def _listed(self, asked: Asked, given: Properties) -> list[Body]:
        names = {name: key for name, key in self.keys.items() if name in self.query and isinstance(key, str)}
        query = {key: given[name] for name, key in {**names, **self.sent}.items() if name in given}
        service = asked.service(self.service, self.headers(asked))
        return service.all(filled(self.path, given), self.many, version=self.version, **query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """All that have what was asked for: their ids, in the order in which the service tells them."""

    search: Search
    between: str = ","
    told: frozenset[str] = frozenset({"ids", "id", REGION})

    @property
    def required(self) -> frozenset[str]:
        return self.search.required

    @property
    def arguments(self) -> frozenset[str]:
        return self.search.arguments

    @property
    def results(self) -> frozenset[str]:
        return self.told

    def __call__(self, asked: Asked) -> dict[str, Any]:
        given = self.search.completed(asked)
        ids = [str(body["id"]) for body in self.search.found(asked, given)]
        return {**given, "ids": ids, "id": id_of_many(ids, self.between), REGION: asked.region}


def arguments_in(path: str) -> frozenset[str]:
    """The names that stand in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(path) if name)


def filled(path: str, given: Properties) -> str:
    """The path with arguments in their places, as parts of an address."""
    return path.format(**{name: quote(str(given[name]), safe="") for name in arguments_in(path)})


def only(found: Sequence[Body], what: str, arguments: Properties) -> Body:
    """The one that was found; none or several is the program's mistake, said with what was looked for."""
    asked = ", ".join(f"{name}={value!r}" for name, value in sorted(arguments.items())) or "no argument at all"
    if not found:
        raise ProviderError(f"no result: there is no {what} with {asked} that this credential can see")
    if len(found) > 1:
        ids = ", ".join(str(body["id"]) for body in found[:5])
        raise ProviderError(f"more than one result: {len(found)} of {what} with {asked}: say more to mean one of {ids}")
    return found[0]
