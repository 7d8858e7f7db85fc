"""`drift_many` and `refresh_many`: all stacks against the cloud, from a few dozen list calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.course import STACKS_AT_ONCE, Course, worker_on
from orchestrator.engine.fleet.hidden import without_doubts
from orchestrator.engine.fleet.lists import LIST_SECONDS
from orchestrator.engine.fleet.parts import confirmed
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.results import FleetDrift, StackDrift, Stranger
from orchestrator.engine.fleet.session import Ignored, Unlisted
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.strangers import STRANGERS, strangers_in
from orchestrator.engine.fleet.survey import Survey
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.fleet.watching import Watching

Seen = Callable[[StackDrift], None]
_Asked = tuple[Collection[str], tuple[Stranger, ...], tuple[str, ...]]


def drift_many(
    command: EmbeddedCommand,
    stacks: Sequence[FleetStack],
    *,
    at_once: int = STACKS_AT_ONCE,
    unlisted: Unlisted = Unlisted.READ,
    seen: Seen | None = None,
    strangers: bool = False,
    ignored: Ignored = lambda _kind: (),
    patience: float = LIST_SECONDS,
) -> FleetDrift:
    """How all stacks differ from the cloud; nothing is written, not even a lock.

    `at_once`: stacks; `unlisted`: what becomes of resources no list tells of (Nova's and Cinder's quotas ...);
    `seen`: told of each stack as soon as it is known, from several threads. A stack that fails is a result, too.
    `ignored`: by type, properties in which a difference is none, and needs no second look.
    `patience`: seconds for one list, after which its service counts as down.
    `strangers`: also what stands in the stacks' projects and none of the stacks has recorded.
    """
    reading = _Reading(
        command=command, dry_run=True, unlisted=unlisted, strangers=strangers, ignored=ignored, patience=patience
    )
    return reading.of(stacks, at_once, seen)


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
    strangers: bool = False
    ignored: Ignored = lambda _kind: ()
    patience: float = LIST_SECONDS

    def of(self, stacks: Sequence[FleetStack], at_once: int, seen: Seen | None) -> FleetDrift:
        survey = Survey(command=self.command, look=self._look, missed=_missed, seen=seen)
        found, effort, (told, strangers, unlisted) = survey.with_lists(
            stacks,
            at_once,
            listed=True,
            further=STRANGERS if self.strangers else (),
            patience=self.patience,
            ask=self._asked,
        )
        strangers = tuple(confirmed(self.command, stacks, strangers))
        found = tuple(without_doubts(one, told) for one in found)
        return FleetDrift(stacks=found, effort=effort, strangers=strangers, unlisted=unlisted)

    def _asked(self, fleet: Fleet, looked: tuple[StackDrift, ...]) -> _Asked:
        strangers, unlisted = strangers_in(fleet.lists, looked) if self.strangers else ((), ())
        return fleet.told, strangers, unlisted

    def _look(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> StackDrift:
        watching = Watching(stack.name, tally, dry_run=self.dry_run)
        course = Course(
            kind="refresh",
            options=Options(dry_run=self.dry_run, parallel=1),  # stacks are what runs at once
            provider=FleetProvider(fleet, tally, self.unlisted, self.ignored),
            running=self.command.running,
        )
        self._refuse_busy(stack)
        course.carry_out(stack, watching)
        self._refuse_busy(stack)
        return watching.drift()

    def _refuse_busy(self, stack: FleetStack) -> None:
        """What somebody is working on is neither as recorded nor as it is to be; raises EngineError."""
        if self.dry_run and (worker := worker_on(stack)):
            raise EngineError(f"error: not compared, somebody is working on it: {worker}")


def _missed(stack: str, why: str) -> StackDrift:
    return StackDrift(stack=stack, failures=(why,))
