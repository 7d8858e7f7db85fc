"""A session whose reads are answered from lists where these agree with what is recorded.

A list proves sameness and nothing else. What differs from the record, or is missing, is read by itself in the
stack's own scope before it is said: lists may be partial, a little old, or made with other rights.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from threading import Event
from typing import Any

from typing_extensions import override

from orchestrator.engine.cloud.connection import Connection
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.fleet.lists import Missing, NotListed
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Properties, Read


class Unlisted(Enum):
    """What becomes of a resource that no list tells of."""

    READ = "read"  # by itself
    LEAVE = "leave"  # as it is recorded; it is told as unread


class FleetSession(OpenStackSession):
    """`listed`: a connection that makes no call; everything but reads and look-ups goes the ordinary way."""

    def __init__(
        self,
        own: Connection,
        locks: Locks,
        interruption: Event | None,
        *,
        listed: Connection,
        tally: Tally,
        lookups: Lookups,
        unlisted: Unlisted,
    ) -> None:
        super().__init__(own, locks, interruption)
        self._listed = OpenStackSession(listed, locks, interruption)
        self._tally = tally
        self._lookups = lookups
        self._unlisted = unlisted

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
        if found is not None and found.inputs == inputs and _told(found.outputs) == outputs:
            self._tally.listed()
            return found
        self._tally.confirmed()
        return super().read(kind, id, inputs, outputs)

    @override
    def invoke(self, function: str, arguments: Properties) -> Properties:
        ask = super().invoke
        return self._lookups.once(self._connection, function, arguments, lambda: ask(function, arguments))

    def _by_itself(self, kind: str, id_: str, inputs: Properties, outputs: Properties) -> Read | None:
        if self._unlisted is Unlisted.LEAVE:
            self._tally.unread(kind, id_)
            return Read(id=id_, inputs=inputs, outputs=outputs)
        self._tally.single()
        return super().read(kind, id_, inputs, outputs)


def _told(outputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in outputs.items() if value is not None}
