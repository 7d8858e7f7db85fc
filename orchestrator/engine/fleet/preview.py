"""`preview_many`: what an `up` of every stack would do, from states and programs alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.fleet.course import STACKS_AT_ONCE, Course
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.results import FleetPreview, StackPreview
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.survey import Survey
from orchestrator.engine.fleet.tally import Tally

Seen = Callable[[StackPreview], None]


def preview_many(
    command: EmbeddedCommand,
    stacks: Sequence[FleetStack],
    *,
    at_once: int = STACKS_AT_ONCE,
    refresh: bool = False,
    seen: Seen | None = None,
) -> FleetPreview:
    """Run every stack's program against its state; nothing is written.

    No API call is made but for what programs themselves look up, and each look-up is made once for all of them.
    `refresh`: states are not fresh, so they are first compared with the cloud, by lists as `drift_many` does.
    """
    look = _Previewing(command=command, refresh=refresh).look
    found, effort = Survey(command=command, look=look, missed=_missed, seen=seen).of(stacks, at_once, listed=refresh)
    return FleetPreview(stacks=found, effort=effort)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previewing:
    command: EmbeddedCommand
    refresh: bool

    def look(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> StackPreview:
        report = Report(sink=None, line=_unsaid, dry_run=True)
        course = Course(
            kind="preview",
            options=Options(dry_run=True, parallel=1, refresh=self.refresh),
            provider=FleetProvider(fleet, tally, Unlisted.READ),
            running=self.command.running,
        )
        course.carry_out(stack, report)
        return StackPreview(stack=stack.name, changes=dict(report.counts), failures=tuple(report.failures))


def _missed(stack: str, why: str) -> StackPreview:
    return StackPreview(stack=stack, failures=(why,))


def _unsaid(_line: str) -> None:
    """Nobody reads along."""
