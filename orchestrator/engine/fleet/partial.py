"""The OpenStack provider for operations with `--refresh` that take over a part of what is found, not all of it.

Pulumi's refresh takes every difference into the state, and the update that follows undoes every one. Whoever knows
that some of them are to stay says so here, by type and recorded inputs; this package does not judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Event, Lock
from typing import Any

from typing_extensions import override

from orchestrator.engine.cloud import completion
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.registry import type_of
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.cloud.settings import KEEP_SCOPE, settings_of
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.provider import Fleet
from orchestrator.engine.fleet.session import FleetSession, Unlisted
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Properties, Read

TakenOver = Callable[[str, Properties, Properties, Properties], Mapping[str, Any]]
"""(type token, recorded inputs, recorded outputs, found outputs) -> the outputs that the state is to take over."""


class PartialProvider(OpenStackProvider):
    """`taken_over`: asked for every object that is read and is there.

    `by_lists`: objects are read as `drift_many` reads them, for credentials that see other projects by lists alone;
    each list is asked for once in this provider's life.
    """

    def __init__(self, taken_over: TakenOver, *, by_lists: bool) -> None:
        super().__init__()
        self._partly = _Partly(taken_over)
        self._by_lists = by_lists
        self._making = Lock()
        self._fleet: Fleet | None = None

    @override
    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> OpenStackSession:
        settings = settings_of(configuration, environment)
        own, locks = self.connection(settings), self.locks(settings)
        if not self._by_lists:
            alone = _PartialSession(own, locks, interruption)
            alone.partly = self._partly
            return alone
        listed = _PartialListedSession(
            own,
            locks,
            interruption,
            listed=self._shared(interruption).listed(settings),
            tally=Tally(),
            lookups=Lookups(),
            unlisted=Unlisted.READ,
            narrow=bool(environment.get(KEEP_SCOPE)),
        )
        listed.partly = self._partly
        return listed

    def _shared(self, interruption: Event | None) -> Fleet:
        with self._making:
            if self._fleet is None:
                self._fleet = Fleet(self, (), interruption or Event())
            return self._fleet


class _Partly:
    """What was found and held back, by object: an update that leaves it as it is does not record it either."""

    def __init__(self, taken_over: TakenOver) -> None:
        self._taken_over = taken_over
        self._held: dict[tuple[str, str], Properties] = {}

    def read(self, kind: str, id_: str, inputs: Properties, outputs: Properties, found: Read) -> Read:
        kept = dict(self._taken_over(kind, inputs, outputs, found.outputs))
        self._held[kind, id_] = {
            name: found.outputs.get(name)
            for name in {*kept, *found.outputs}
            if kept.get(name) == outputs.get(name) != found.outputs.get(name)
        }
        told = completion.taken_over(type_of(kind), inputs, kept)
        # what no read tells, the rule may know by another name: the inputs say so as well
        known = {name: kept[name] for name in inputs if name in kept and kept[name] != outputs.get(name)}
        return Read(id=found.id, inputs={**told, **known}, outputs=kept)

    def updated(self, kind: str, id_: str, before: Properties, made: Properties) -> Properties:
        held = self._held.get((kind, id_), {})
        stays = {name for name, value in held.items() if made.get(name) == value}
        kept = {name: value for name, value in made.items() if name not in stays}
        return kept | {name: before[name] for name in stays if before.get(name) is not None}


class _PartialSession(OpenStackSession):
    partly: _Partly

    @override
    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:
        found = super().read(kind, id, inputs, outputs)
        if found is None or not (inputs and outputs):  # gone, or an import: there is nothing to stay by
            return found
        return self.partly.read(kind, id, inputs, outputs, found)

    @override
    def update(
        self, kind: str, id: str, outputs: Properties, inputs: Properties, *, seconds: float | None
    ) -> Properties:
        made = super().update(kind, id, outputs, inputs, seconds=seconds)
        return self.partly.updated(kind, id, outputs, made)


class _PartialListedSession(_PartialSession, FleetSession):
    """The same, from lists."""
