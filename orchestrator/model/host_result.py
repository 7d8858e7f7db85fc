"""What setting up one host did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.outcome import Failure


class HostStatus(StrEnum):
    DONE = "done"
    FAILED = "failed"  # a task failed on it; what the roles' other tasks did stands, the next run goes on
    UNREACHABLE = "unreachable"  # nothing can be said of it: it was not reached, or no longer
    INTERRUPTED = "interrupted"  # the run was stopped; the next one goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class HostChange:
    """One task that changed something, or would. `diff`: unified, secrets masked; empty: the task shows none."""

    role: str
    task: str
    diff: str = ""

    @property
    def title(self) -> str:
        """`role: task`; the task alone where it stands in no role."""
        return f"{self.role}: {self.task}" if self.role else self.task


@dataclass(frozen=True, slots=True, kw_only=True)
class HostResult:
    """`tasks`: how many ran, those that changed nothing included; `failure`: None unless failed or unreachable."""

    host: str
    status: HostStatus
    tasks: int
    changes: tuple[HostChange, ...] = ()
    failure: Failure | None = None
