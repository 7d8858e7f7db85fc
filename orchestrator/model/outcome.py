"""What steps did, and the report of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from orchestrator.model.provenance import Provenance


class Status(StrEnum):
    DONE = "done"
    FAILED = "failed"
    UNREACHABLE = "unreachable"  # a host that was not reached, or no longer: what it is now is not known
    SKIPPED = "skipped"  # what it needs failed
    WAITING = "waiting"  # not begun when the run was stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a step failed: on which resource, the cause in the service's words, and what to do."""

    resource: str
    cause: str
    hint: str
    temporary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackResult:
    """What an engine did to one stack. `counts`: operation -> number of resources."""

    counts: Mapping[str, int]
    outputs: Mapping[str, Any]
    resources: int
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one step. `changed`: of a host, the tasks that changed something, as `role: task`."""

    step: str
    status: Status
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    note: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The record of one apply. Times are RFC 3339, UTC. `planned_at`: when its plan was made; empty: unknown."""

    run: str
    region: str
    plan_digest: str
    started_at: str
    finished_at: str
    outcomes: tuple[Outcome, ...]
    untaken: int
    planned_at: str = ""
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def failed(self) -> bool:
        """Whether anything is left undone. A run without an end was killed, or goes on."""
        return not self.finished_at or any(outcome.status is not Status.DONE for outcome in self.outcomes)

    @property
    def only_temporary(self) -> bool:
        """Whether all failures are worth retrying as they are."""
        failures = [failure for outcome in self.outcomes for failure in outcome.failures]
        return bool(failures) and all(failure.temporary for failure in failures)
