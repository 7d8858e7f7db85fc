"""What goes when something else goes (`deletedWith`): no call of its own, and out of the state once it is really gone.

Pulumi's own engine forgets it before its container's deletion has begun; if that fails, nobody knows of it any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.state.snapshot import Entry, Snapshot


class Companions:
    """Of what leaves, the entries that go along with another one that leaves."""

    def __init__(self, deployment: Deployment, leaving: Sequence[Entry]) -> None:
        self._deployment = deployment
        keys = {entry.key for entry in leaving}
        self._containers = {entry.resource.urn for entry in leaving if not self._stays(entry, keys)}

    def _stays(self, entry: Entry, leaving: set[int]) -> bool:
        """Its URN has a successor: what names it may be in that one, so it is not relied upon."""
        live = self._deployment.snapshot.live(entry.resource.urn)
        return live is not None and live.key not in leaving

    def __contains__(self, entry: Entry) -> bool:
        return entry.resource.deleted_with in self._containers

    def drop(self, entry: Entry) -> tuple[Entry, ...]:
        """Take an entry whose object is gone out of the state, with all that went along; returns the latter."""
        with self._deployment.lock:
            return drop(self._deployment.snapshot, entry)


def drop(snapshot: Snapshot, entry: Entry) -> tuple[Entry, ...]:
    """Innermost first. While another object of the same URN is there, what names it may be in that one."""
    found: list[Entry] = []
    _collect(snapshot, entry, found)
    for one in found:
        snapshot.drop(one.key)
    return tuple(found[:-1])


def _collect(snapshot: Snapshot, entry: Entry, found: list[Entry]) -> None:
    urn = entry.resource.urn
    entries = snapshot.entries()
    if not any(one.resource.urn == urn and one.key != entry.key for one in entries):
        for one in entries:
            if one.resource.deleted_with == urn and one not in found:
                _collect(snapshot, one, found)
    found.append(entry)
