"""Everything the steps of one operation share, and what is known of each resource it has met."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from orchestrator.engine.deploy.actions import Actions
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.goal import Answer, Goal, Result
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.report import Report, Step
from orchestrator.engine.errors import EngineError
from orchestrator.engine.provider import Provider, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.snapshot import Snapshot
from orchestrator.engine.state.values import PropertyMap


class ProgramError(Exception):
    """The program asks for something that cannot be: a duplicate name, an option that is not carried out."""


def explained(error: Exception) -> str:
    """What a failed step is told as: the provider's or the backend's own text, or that the engine is at fault."""
    if isinstance(error, ProviderError | EngineError):
        return str(error).removeprefix("error: ")
    return f"the engine failed: {type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A resource that this run's program named. `aliases`: where it may have stood before.

    `fresh`: made in this run, so in a preview nothing is known of it; `left_out`: by `--target`.
    """

    goal: Goal
    aliases: tuple[str, ...] = ()
    result: Result = Result.DONE
    fresh: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A step that can only be done after the deletions. `work` does it and raises where it cannot be done."""

    step: Step
    work: Callable[[], object]


def no_stacks(name: str) -> PropertyMap:
    """The outputs of other stacks where there is no backend to ask."""
    raise EngineError(f"unknown stack {name!r}")


@dataclass(slots=True, kw_only=True)
class Deployment:
    """One operation on one stack. `config`: key with namespace -> text, secrets in clear.

    `rehearsal`: a run for show before one in earnest; `for_providers`: the program runs for its providers alone;
    `barred`: what would touch protected resources, by URN; `unprotected`: URNs of which a rehearsal showed that the
    program does not protect them (any more).
    `replaced`: URNs of what was replaced in this run.
    `stack_outputs`: the outputs of another stack of the backend; raises EngineError where there are none to be had.
    """

    project: str
    stack: str
    options: Options
    snapshot: Snapshot
    provider: Provider
    actions: Actions
    report: Report
    gate: Gate
    stack_outputs: Callable[[str], PropertyMap] = no_stacks
    config: Mapping[str, str] = field(default_factory=dict)
    secret_config: frozenset[str] = frozenset()
    met: dict[str, Met] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)
    exports: PropertyMap | None = None
    rehearsal: bool = False
    for_providers: bool = False
    known_before: frozenset[str] = frozenset()
    with_outputs: set[str] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)
    shunned: set[str] = field(default_factory=set)
    barred: dict[str, tuple[Step, str]] = field(default_factory=dict)
    unprotected: frozenset[str] = frozenset()
    replaced: set[str] = field(default_factory=set)
    put_off: list[PutOff] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.known_before = frozenset(entry.resource.urn for entry in self.snapshot.entries())
        self.chosen |= self.options.targets
        self.shunned |= self.options.excludes

    @property
    def root(self) -> str:
        return urns.root(self.stack, self.project)

    def urn(self, parent: str, kind: str, name: str) -> str:
        return urns.build(self.stack, self.project, parent, kind, name)

    def parent_of(self, urn: str) -> str:
        """The URN above a resource of this run; "" above the Stack and for what this run has not met."""
        met = self.met.get(urn)
        return met.goal.parent if met else ""

    def meet(self, urn: str, met: Met) -> None:
        """Enter a resource of the program; the same URN twice is the program's mistake."""
        with self.lock:
            if urn in self.met:
                raise ProgramError(f"Duplicate resource URN '{urn}'; try giving it a unique name")
            self.met[urn] = met

    def meet_again(self, urn: str, goal: Goal) -> None:
        """Enter a resource that many may name, such as a default provider."""
        with self.lock:
            self.met.setdefault(urn, Met(goal=goal))

    def mark_replaced(self, urn: str) -> None:
        """What is to go along with it goes too."""
        with self.lock:
            self.replaced.add(urn)

    def note(self, urn: str, **changes: Any) -> None:
        """Something more is known of a resource of the program."""
        with self.lock:
            self.met[urn] = replace(self.met[urn], **changes)

    def is_target(self, urn: str, leans_on: tuple[str, ...]) -> bool:
        """Whether `--target` and `--exclude` leave this resource in."""
        options = self.options
        with self.lock:
            if urn in self.shunned or (options.exclude_dependents and not self.shunned.isdisjoint(leans_on)):
                self.shunned.add(urn)
                return False
            if not options.targets or urn in self.chosen:
                return True
            if options.target_dependents and not self.chosen.isdisjoint(leans_on):
                self.chosen.add(urn)
                return True
            return False

    def fail(self, step: Step, message: str) -> Answer:
        """A step failed: tell it; then either only its dependants are left out, or everything that follows.

        Nothing is raised in the program: it runs to its end with outputs that are not known. Broken off, the SDK
        would leave its event loop open and traces on the terminal.
        """
        self.report.failed(step, message)
        with self.lock:
            if step.urn in self.met:
                self.note(step.urn, result=Result.FAILED)
        if not self.options.continue_on_error:
            self.gate.stop()
        return Answer(urn=step.urn, result=Result.FAILED)

    def skip(self, urn: str) -> Answer:
        """Nothing is done for this resource, because something else failed or the operation is to end."""
        self.note(urn, result=Result.SKIPPED)
        return Answer(urn=urn, result=Result.SKIPPED)

    def failed_among(self, urns_: tuple[str, ...]) -> bool:
        with self.lock:
            return any(urn in self.met and self.met[urn].result is not Result.DONE for urn in urns_)
