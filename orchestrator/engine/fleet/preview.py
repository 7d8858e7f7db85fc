"""`preview_many`: what an `up` of every stack would do, from states and programs alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.course import NOT_BEGUN, STACKS_AT_ONCE, Course, each, interruptible, kinds_in
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.reading import openstack
from orchestrator.engine.fleet.results import Effort, FleetPreview, StackPreview
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.tally import Tally, sum_of

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
    return _Previewing(command=command, refresh=refresh, seen=seen).of(stacks, at_once)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previewing:
    command: EmbeddedCommand
    refresh: bool
    seen: Seen | None

    def of(self, stacks: Sequence[FleetStack], at_once: int) -> FleetPreview:
        with interruptible(self.command) as gate:
            kinds = kinds_in(stacks) if self.refresh else frozenset()
            fleet = Fleet(openstack(self.command), kinds, gate.interruption)
            found = each(stacks, lambda stack: self._one(fleet, stack, gate), at_once=at_once)
        efforts = [effort for _, effort in found]
        return FleetPreview(stacks=tuple(one for one, _ in found), effort=sum_of(efforts, fleet.list_calls))

    def _one(self, fleet: Fleet, stack: FleetStack, gate: Gate) -> tuple[StackPreview, Effort]:
        tally = Tally()
        preview = (
            StackPreview(stack=stack.name, failures=(NOT_BEGUN,))
            if gate.stopped
            else self._preview(fleet, stack, tally)
        )
        if self.seen is not None:
            self.seen(preview)
        return preview, tally.effort

    def _preview(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> StackPreview:
        report = Report(sink=None, line=_unsaid, dry_run=True)
        course = Course(
            kind="preview",
            options=Options(dry_run=True, parallel=1, refresh=self.refresh),
            provider=FleetProvider(fleet, tally, Unlisted.READ),
            running=self.command.running,
        )
        try:
            course.carry_out(stack, report)
        except EngineError as error:
            return StackPreview(stack=stack.name, failures=(str(error).removeprefix("error: "),))
        return StackPreview(stack=stack.name, changes=dict(report.counts), failures=tuple(report.failures))


def _unsaid(_line: str) -> None:
    """Nobody reads along."""
