"""What an operation did since it loaded the checkpoint, one line a fact: the price of a step does not grow.

Before an action its intent lasts, the id as soon as it is known, the result before the step counts as done.
Whoever takes the stack next folds a journal that was left behind into the checkpoint.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from orchestrator.engine.backend.bucket import Lines
from orchestrator.engine.backend.checkpoint import Checkpoint, Pending
from orchestrator.engine.errors import StateError
from orchestrator.engine.state.order import ordered
from orchestrator.engine.state.resource import Resource, Seal, Unseal, decode, encode


def digest(checkpoint: bytes) -> str:
    """What tells whether a journal belongs to a checkpoint."""
    return hashlib.sha256(checkpoint).hexdigest()


class Journal:
    """Open for one operation; safe to use from many threads, whose waits for the disk are shared."""

    def __init__(self, lines: Lines, base: str, seal: Seal) -> None:
        self._lines = lines
        self._seal = seal
        self._lock = threading.Lock()
        self._syncing = threading.Lock()
        self._written = self._synced = self._actions = 0
        self._append({"base": base})

    def intend(self, kind: str, resource: Resource) -> int:
        """An action is about to begin; returns the number by which the next lines speak of it."""
        with self._lock:
            self._actions += 1
            action = self._actions
        self._append({"intent": action, "kind": kind, "resource": encode(resource, self._seal)})
        self.sync()
        return action

    def identify(self, action: int, identity: str) -> None:
        """The API has answered a create with an id."""
        self._append({"identified": action, "id": identity})
        self.sync()

    def settle(self, action: int) -> None:
        """All that the action changed has been told; it is over."""
        self._append({"settled": action})
        self.sync()

    def put(self, key: int, resource: Resource) -> None:
        self._append({"put": key, "resource": encode(resource, self._seal)})

    def drop(self, key: int) -> None:
        self._append({"drop": key})

    def sync(self) -> None:
        """Return when everything written so far is on disk."""
        with self._lock:
            mine = self._written
        with self._syncing:
            if self._synced >= mine:
                return
            with self._lock:
                all_of_it = self._written
            self._lines.flush()
            self._synced = all_of_it

    def close(self) -> None:
        """The checkpoint holds it all: the journal may go."""
        self._lines.end()

    def abandon(self) -> None:
        """Leave it for whoever comes next."""
        self._lines.leave()

    def _append(self, line: Mapping[str, Any]) -> None:
        data = json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        with self._lock:
            self._lines.append(data)
            self._written += 1


@dataclass(slots=True)
class _Folding:
    """A journal being read over its checkpoint."""

    unseal: Unseal
    entries: dict[int, Resource]
    pending: dict[int, Pending] = field(default_factory=dict)

    def take(self, line: Mapping[str, Any]) -> None:
        if "put" in line:
            self.entries[line["put"]] = decode(line["resource"], self.unseal)
        elif "drop" in line:
            self.entries.pop(line["drop"], None)
        elif "intent" in line:
            self.pending[line["intent"]] = Pending(kind=line["kind"], resource=decode(line["resource"], self.unseal))
        elif "identified" in line:
            begun = self.pending[line["identified"]]
            self.pending[line["identified"]] = replace(begun, resource=replace(begun.resource, id=line["id"]))
        elif "settled" in line:
            self.pending.pop(line["settled"], None)


def fold(data: bytes, where: str, base: str, checkpoint: Checkpoint, unseal: Unseal) -> Checkpoint | None:
    """The checkpoint with what a journal of a dead process adds to it; None when there is nothing to add.

    A last line that was cut short was never waited for, so nothing followed from it: it is left out. A journal
    of another checkpoint was folded already.
    """
    lines = _parsed(data, where)
    if not lines or lines[0].get("base") != base:
        return None
    folding = _Folding(unseal, dict(enumerate(checkpoint.resources)))
    try:
        for line in lines[1:]:
            folding.take(line)
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(where, f"{error!r}") from error
    return replace(
        checkpoint,
        resources=ordered(tuple(folding.entries.values())),
        pending=(*checkpoint.pending, *folding.pending.values()),
    )


def has_content(data: bytes, where: str, base: str) -> bool:
    """Whether a dead process left something here that is not in the checkpoint yet."""
    lines = _parsed(data, where)
    return len(lines) > 1 and lines[0].get("base") == base


def is_left(data: bytes) -> bool:
    """Whether there is more than the beginning of a journal, whatever it says."""
    return data.count(b"\n") > 1


def _parsed(data: bytes, where: str) -> list[dict[str, Any]]:
    whole = data.split(b"\n")[:-1]
    try:
        return [json.loads(line) for line in whole]
    except ValueError as error:
        raise _damaged(where, str(error)) from error


def _damaged(where: str, what: str) -> StateError:
    return StateError(
        f"error: {where} is damaged: {what}; it holds what an operation did before it was killed. Move it away, then "
        "run `refresh`: what that operation created is then unknown and must be imported or removed by hand"
    )
