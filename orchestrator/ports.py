"""What the use cases in `flow` need of the world, as protocols; `adapters` have the real ones, tests a fake of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from orchestrator.model.outcome import Outcome, RunReport, StackResult
from orchestrator.model.plan import LedgerEntry, ResourceChange, StackTarget, Step
from orchestrator.model.snapshot import InventorySnapshot

ResourceSeen = Callable[[str, str], None]
"""Told of each finished resource: (operation, logical name)."""


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The time, UTC and aware."""


class StackEngine(Protocol):
    """The only way to a stack. Raises TemporaryFailure or PermanentFailure; safe from many threads at once."""

    name: str
    version: str

    def stacks(self) -> frozenset[str]:
        """The stacks that the state knows."""

    def outputs(self, stack: str) -> Mapping[str, Any]:
        """The stack's exports; {} when there is no such stack."""

    def preview(self, target: StackTarget, *, exists: bool) -> tuple[ResourceChange, ...]:
        """What carrying out the target would change. Writes nothing, neither in the cloud nor in the state.

        `exists`: whether the state knows the stack.
        """

    def build(self, target: StackTarget, seen: ResourceSeen) -> StackResult:
        """Carry out the target's program."""

    def preview_retire(self, stack: str) -> tuple[ResourceChange, ...]:
        """What retiring the stack would delete. Writes nothing."""

    def retire(self, stack: str, seen: ResourceSeen) -> StackResult:
        """Delete everything of the stack, then the stack."""

    def interrupt(self) -> None:
        """Begin no new resource in any stack; what is in flight finishes and is recorded."""


class Ledger(Protocol):
    """The lasting record of what was last applied, per step."""

    def read(self) -> Mapping[str, LedgerEntry]: ...

    def record(self, entry: LedgerEntry) -> None: ...

    def forget(self, step: str) -> None: ...


class Journal(Protocol):
    """The record while something acts: `started` is on disk before the world is touched."""

    def begin(self, run: str, plan_digest: str) -> None: ...

    def started(self, step: str) -> None: ...

    def finished(self, outcome: Outcome) -> None: ...

    def end(self, report: RunReport) -> None: ...

    def last(self) -> RunReport | None:
        """The last run: its report, or what is known of it when it left none (no `finished_at`)."""


class RunLock(Protocol):
    def hold(self) -> AbstractContextManager[None]:
        """One apply a region at a time. Raises TemporaryFailure that says since when and by whom it is busy."""


class CloudInventory(Protocol):
    def read(self) -> InventorySnapshot:
        """Read everything in bulk; a part that fails is stale and says so, the others are fresh."""


class Progress(Protocol):
    """Told what a run does, as it does it. Called from many threads."""

    def begin(self, steps: tuple[Step, ...]) -> None: ...

    def resource(self, step: str, operation: str, name: str) -> None: ...

    def started(self, step: str) -> None: ...

    def finished(self, outcome: Outcome) -> None: ...
