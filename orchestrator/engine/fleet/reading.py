"""`drift_many` and `refresh_many`: all stacks against the cloud, from a few dozen list calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.course import NOT_BEGUN, STACKS_AT_ONCE, Course, each, interruptible, kinds_in
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.results import Effort, FleetDrift, StackDrift
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.tally import Tally, sum_of
from orchestrator.engine.fleet.watching import Watching

Seen = Callable[[StackDrift], None]


def drift_many(
    command: EmbeddedCommand,
    stacks: Sequence[FleetStack],
    *,
    at_once: int = STACKS_AT_ONCE,
    unlisted: Unlisted = Unlisted.READ,
    seen: Seen | None = None,
) -> FleetDrift:
    """How all stacks differ from the cloud; nothing is written, not even a lock.

    `at_once`: stacks; `unlisted`: what becomes of resources no list tells of (Nova's and Cinder's quotas ...);
    `seen`: told of each stack as soon as it is known, from several threads. A stack that fails is a result, too.
    """
    return _Reading(command=command, dry_run=True, unlisted=unlisted, seen=seen).of(stacks, at_once)


def refresh_many(
    command: EmbeddedCommand,
    stacks: Sequence[FleetStack],
    *,
    at_once: int = STACKS_AT_ONCE,
    seen: Seen | None = None,
) -> FleetDrift:
    """The same, and each stack's state takes over what was found, as by a `refresh` of its own.

    Each is written under its lock, with an entry in its history; one that somebody else works on is a failure.
    """
    return _Reading(command=command, dry_run=False, unlisted=Unlisted.READ, seen=seen).of(stacks, at_once)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    command: EmbeddedCommand
    dry_run: bool
    unlisted: Unlisted
    seen: Seen | None

    def of(self, stacks: Sequence[FleetStack], at_once: int) -> FleetDrift:
        with interruptible(self.command) as gate:
            fleet = Fleet(openstack(self.command), kinds_in(stacks), gate.interruption)
            found = each(stacks, lambda stack: self._one(fleet, stack, gate), at_once=at_once)
        efforts = [effort for _, effort in found]
        return FleetDrift(stacks=tuple(drift for drift, _ in found), effort=sum_of(efforts, fleet.list_calls))

    def _one(self, fleet: Fleet, stack: FleetStack, gate: Gate) -> tuple[StackDrift, Effort]:
        tally = Tally()
        drift = (
            StackDrift(stack=stack.name, failures=(NOT_BEGUN,)) if gate.stopped else self._drift(fleet, stack, tally)
        )
        if self.seen is not None:
            self.seen(drift)
        return drift, tally.effort

    def _drift(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> StackDrift:
        watching = Watching(stack.name, tally, dry_run=self.dry_run)
        course = Course(
            kind="refresh",
            options=Options(dry_run=self.dry_run, parallel=1),  # stacks are what runs at once
            provider=FleetProvider(fleet, tally, self.unlisted),
            running=self.command.running,
        )
        try:
            course.carry_out(stack, watching)
        except EngineError as error:
            return StackDrift(stack=stack.name, failures=(str(error).removeprefix("error: "),))
        return watching.drift()


def openstack(command: EmbeddedCommand) -> OpenStackProvider:
    """The command's provider; others have no lists."""
    if not isinstance(command.provider, OpenStackProvider):
        raise EngineError(f"error: fleet calls need the openstack provider, not {command.provider.package}")
    return command.provider
