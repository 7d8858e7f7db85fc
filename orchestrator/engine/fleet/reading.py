"""`drift_many` and `refresh_many`: all stacks against the cloud, from a few dozen list calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.fleet.course import STACKS_AT_ONCE, Course
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.results import FleetDrift, StackDrift
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.survey import Survey
from orchestrator.engine.fleet.tally import Tally
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
    return _Reading(command=command, dry_run=True, unlisted=unlisted).of(stacks, at_once, seen)


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
    return _Reading(command=command, dry_run=False, unlisted=Unlisted.READ).of(stacks, at_once, seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    command: EmbeddedCommand
    dry_run: bool
    unlisted: Unlisted

    def of(self, stacks: Sequence[FleetStack], at_once: int, seen: Seen | None) -> FleetDrift:
        survey = Survey(command=self.command, look=self._look, missed=_missed, seen=seen)
        found, effort = survey.of(stacks, at_once)
        return FleetDrift(stacks=found, effort=effort)

    def _look(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> StackDrift:
        watching = Watching(stack.name, tally, dry_run=self.dry_run)
        course = Course(
            kind="refresh",
            options=Options(dry_run=self.dry_run, parallel=1),  # stacks are what runs at once
            provider=FleetProvider(fleet, tally, self.unlisted),
            running=self.command.running,
        )
        course.carry_out(stack, watching)
        return watching.drift()


def _missed(stack: str, why: str) -> StackDrift:
    return StackDrift(stack=stack, failures=(why,))
