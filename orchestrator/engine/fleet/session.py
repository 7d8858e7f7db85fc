"""A session whose reads are answered from lists where these agree with what is recorded.

A list proves sameness and nothing else. What differs from the record, or is missing, is read by itself in the
stack's own scope before it is said: lists may be partial, a little old, or made with other rights.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from http import HTTPStatus
from threading import Event
from typing import Any, Final

from typing_extensions import override

from orchestrator.engine.cloud.connection import Connection
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.registry import type_of
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.fleet.hidden import HIDDEN, HIDDEN_PROPERTIES, REFUSED
from orchestrator.engine.fleet.listed import ListedConnection
from orchestrator.engine.fleet.lists import Missing, NotListed
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Properties, Read


class Unlisted(Enum):
    """What becomes of a resource that no list tells of."""

    READ = "read"  # by itself
    LEAVE = "leave"  # as it is recorded; it is told as unread


Ignored = Callable[[str], Collection[str]]
"""Type token -> properties whose differences mean nothing to whoever asks."""

NOT_ASKED: Final = "no list tells of it, and single reads were not asked for"


class FleetSession(OpenStackSession):
    """`listed`: a connection that makes no call; everything but reads and look-ups goes the ordinary way.

    `ignored`: an object that differs in these alone is as recorded; `narrow`: the credential stays in its own project;
    `told`: takes the types of which such a credential was told what it may not be.
    """

    def __init__(
        self,
        own: Connection,
        locks: Locks,
        interruption: Event | None,
        *,
        listed: ListedConnection,
        tally: Tally,
        lookups: Lookups,
        unlisted: Unlisted,
        ignored: Ignored = lambda _kind: (),
        narrow: bool = False,
        told: set[str] | None = None,
    ) -> None:
        super().__init__(own, locks, interruption)
        self._listed = OpenStackSession(listed, locks, interruption)
        self._trouble = listed.trouble
        self._tally = tally
        self._lookups = lookups
        self._unlisted = unlisted
        self._ignored = ignored
        self._narrow = narrow
        self._told = set() if told is None else told

    @override
    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:
        if not outputs:  # nothing is recorded yet that a list could agree with
            return super().read(kind, id, inputs, outputs)
        try:
            found = self._listed.read(kind, id, inputs, outputs)
        except Missing:
            found = None
        except NotListed:
            return self._by_itself(kind, id, inputs, outputs)
        if found is not None and self._agrees(kind, found, inputs, outputs):
            self._tally.listed()
            return Read(id=found.id, inputs=inputs, outputs=outputs)
        self._tally.confirmed()
        confirmed = self._confirmed(kind, id, inputs, outputs)
        # Nova answers 404 for each server of another project, and lists them all
        return found if confirmed is None and self._narrow else confirmed

    @override
    def invoke(self, function: str, arguments: Properties) -> Properties:
        ask = super().invoke
        return self._lookups.once(self._connection, function, arguments, lambda: ask(function, arguments))

    def _agrees(self, kind: str, found: Read, inputs: Properties, outputs: Properties) -> bool:
        left_out = self._ignored(kind)
        pairs = ((found.inputs, inputs), (found.outputs, outputs))
        return all(_told(now, left_out) == _told(recorded, left_out) for now, recorded in pairs)

    def _confirmed(self, kind: str, id_: str, inputs: Properties, outputs: Properties) -> Read | None:
        """Read by itself. What such a credential is never shown is not gone because it is not shown."""
        as_recorded = Read(id=id_, inputs=inputs, outputs=outputs)
        try:
            found = super().read(kind, id_, inputs, outputs)
        except ServiceFault as fault:
            if not (self._narrow and kind in REFUSED and fault.status == HTTPStatus.FORBIDDEN):
                raise
            self._tally.unread(kind, id_, REFUSED[kind])
            return as_recorded
        if found is None and self._narrow and kind in HIDDEN:
            self._tally.unread(kind, id_, HIDDEN[kind])
            return as_recorded
        return self._without_hidden(kind, found, as_recorded) if found and self._narrow else found

    def _without_hidden(self, kind: str, found: Read, recorded: Read) -> Read:
        """What is recorded and not told stays as it is recorded; that it was not seen is told."""
        hidden = HIDDEN_PROPERTIES.get(kind)
        if hidden is None:
            return found
        if any(found.outputs.get(name) for name in hidden.names):
            self._told.add(kind)
            return found
        kept = [
            {name: values[name] for name in hidden.names if values.get(name)}
            for values in (recorded.inputs, recorded.outputs)
        ]
        self._tally.unread(kind, found.id, hidden.reason if any(kept) else hidden.doubt)
        inputs, outputs = kept
        return Read(id=found.id, inputs={**found.inputs, **inputs}, outputs={**found.outputs, **outputs})

    def _by_itself(self, kind: str, id_: str, inputs: Properties, outputs: Properties) -> Read | None:
        if self._unlisted is Unlisted.LEAVE:
            self._tally.unread(kind, id_, NOT_ASKED)
            return Read(id=id_, inputs=inputs, outputs=outputs)
        if trouble := self._trouble(type_of(kind).api.service):  # it is down: asked once is enough
            raise trouble
        self._tally.single()
        return self._confirmed(kind, id_, inputs, outputs)


def _told(values: Mapping[str, Any], left_out: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and name not in left_out}
