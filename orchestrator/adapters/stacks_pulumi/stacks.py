"""Stacks as the use cases see them (`ports.StackEngine`), through Pulumi's Automation API."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from pulumi import automation
from pulumi.automation import EngineEvent
from pulumi.automation.errors import CommandError

from orchestrator.adapters.stacks_pulumi.changes import change_of, is_cloud_object, logical_name, operation_of
from orchestrator.adapters.stacks_pulumi.failures import failures_of
from orchestrator.adapters.stacks_pulumi.hints import is_refusal
from orchestrator.adapters.stacks_pulumi.repairs import Repairs
from orchestrator.adapters.stacks_pulumi.workspaces import Program, Workspaces, no_program
from orchestrator.errors import MutualisError, PermanentFailure, PolicyRefusal, TemporaryFailure, UsageError
from orchestrator.model.outcome import Failure, StackResult
from orchestrator.model.plan import Operation, ResourceChange, StackTarget
from orchestrator.ports import ResourceSeen


class Programs(Protocol):
    """What makes the program of a target; built in `wiring`, the only place that knows the stacks."""

    def __call__(self, target: StackTarget, *, acting: bool) -> Program:
        """`acting`: the program will change the cloud, so what it uploads must be verified. Raises SpecError."""


INTERRUPTED = "interrupted"
"""How the embedded engine begins what it says of an operation that was stopped, and of a wait that it gave up."""

NO_REPAIRS = "set spec.engine: embedded in the Region: it goes on with the same state"

Run = Callable[[automation.Stack, Callable[[EngineEvent], None]], object]


class PulumiStacks:
    """`parallel`: resources of one stack in work at once. `looking`: workspaces whose credential only reads.

    `repairs`: how drift is put back; None: this engine cannot.
    """

    def __init__(
        self,
        *,
        acting: Workspaces,
        looking: Workspaces,
        programs: Programs,
        parallel: int,
        repairs: Repairs | None = None,
    ) -> None:
        self.name = acting.carrier.name
        self.version = acting.carrier.version
        self._acting = acting
        self._looking = looking
        self._programs = programs
        self._parallel = parallel
        self._repairs = repairs
        self._interrupted = threading.Event()

    def stacks(self) -> frozenset[str]:
        try:
            return self._acting.names()
        except CommandError as err:
            raise self._error("cannot list the stacks of the state", err, []) from err

    def outputs(self, stack: str) -> Mapping[str, Any]:
        if stack not in self.stacks():
            return {}
        try:
            with self._looking.look(stack, no_program, exists=True) as found:
                return {name: output.value for name, output in found.outputs().items() if not output.secret}
        except CommandError as err:
            raise self._error(f"cannot read the outputs of stack {stack}", err, []) from err

    def preview(self, target: StackTarget, *, exists: bool) -> tuple[ResourceChange, ...]:
        program = self._programs(target, acting=False)
        if target.repair:
            repairs = self._repairing()
            removals = repairs.removals(target.stack)
            changes = self._changes(target.stack, program, repairs.preview, exists=exists, looking=repairs.looking)
            return (*changes, *removals)
        return self._changes(target.stack, program, lambda stack, seen: stack.preview(on_event=seen), exists=exists)

    def preview_retire(self, stack: str) -> tuple[ResourceChange, ...]:
        return self._changes(stack, no_program, lambda found, seen: found.preview_destroy(on_event=seen), exists=True)

    def build(self, target: StackTarget, seen: ResourceSeen) -> StackResult:
        def run(stack: automation.Stack, on_event: Callable[[EngineEvent], None]) -> object:
            return stack.up(on_event=on_event, parallel=self._parallel, show_secrets=False, continue_on_error=True)

        program = self._programs(target, acting=True)
        return self._repair(target, program, seen) if target.repair else self._act(target.stack, program, run, seen)

    def retire(self, stack: str, seen: ResourceSeen) -> StackResult:
        def run(found: automation.Stack, on_event: Callable[[EngineEvent], None]) -> object:
            return found.destroy(on_event=on_event, parallel=self._parallel, show_secrets=False)

        result = self._act(stack, no_program, run, seen)
        if not result.failures and not result.interrupted:
            self._acting.open(stack, no_program).workspace.remove_stack(stack)
            self._acting.close(stack)
        return result

    def interrupt(self) -> None:
        self._interrupted.set()
        self._acting.carrier.interrupt()
        if self._repairs is not None:
            self._repairs.interrupt()

    def _repairing(self) -> Repairs:
        if self._repairs is None:
            raise UsageError("drift is put back by the embedded engine alone", hint=NO_REPAIRS)
        return self._repairs

    def _repair(self, target: StackTarget, program: Program, seen: ResourceSeen) -> StackResult:
        """What was added goes first; what of it cannot go is told, and the rest goes on."""
        repairs = self._repairing()
        removed = 0
        failures: list[Failure] = []
        for done in repairs.remove(target.stack, target.added):
            if isinstance(done, Failure):
                failures.append(done)
            else:
                removed += 1
                seen(done.operation.value, done.name)
        result = self._act(target.stack, program, repairs.update, seen, acting=repairs.acting)
        counts = dict(result.counts)
        if removed:
            counts[Operation.DELETE.value] = counts.get(Operation.DELETE.value, 0) + removed
        return replace(result, counts=counts, failures=(*failures, *result.failures))

    def _changes(
        self, name: str, program: Program, run: Run, *, exists: bool, looking: Workspaces | None = None
    ) -> tuple[ResourceChange, ...]:
        events: list[EngineEvent] = []
        try:
            with (looking or self._looking).look(name, program, exists=exists) as stack:
                run(stack, events.append)
        except CommandError as err:
            raise self._error(f"cannot preview stack {name}", err, events) from err
        found = (change_of(event) for event in events)
        return tuple(dict.fromkeys(change for change in found if change))

    def _act(
        self, name: str, program: Program, run: Run, seen: ResourceSeen, *, acting: Workspaces | None = None
    ) -> StackResult:
        events: list[EngineEvent] = []
        counts: dict[str, int] = {}

        def on_event(event: EngineEvent) -> None:
            events.append(event)
            _count(event, counts, seen)

        try:
            stack = (acting or self._acting).open(name, program)
            run(stack, on_event)
        except CommandError as err:
            return self._unfinished(counts, failures_of(events, err))
        outputs = {key: output.value for key, output in stack.outputs().items() if not output.secret}
        return StackResult(counts=counts, outputs=outputs, resources=_resources(events))

    def _unfinished(self, counts: Mapping[str, int], failures: tuple[Failure, ...]) -> StackResult:
        """Being interrupted is no failure of its own: what failed besides is told, else the step waits."""
        interrupted = self._interrupted.is_set()
        told = tuple(one for one in failures if not (interrupted and one.cause.startswith(INTERRUPTED)))
        return StackResult(counts=counts, outputs={}, resources=0, failures=told, interrupted=interrupted)

    @staticmethod
    def _error(what: str, error: CommandError, events: list[EngineEvent]) -> MutualisError:
        found = failures_of(events, error)
        cause = "; ".join(dict.fromkeys(f"{f.resource}: {f.cause}" if f.resource else f.cause for f in found))
        hint = found[0].hint if found else ""
        if any(is_refusal(f.cause) for f in found):
            return PolicyRefusal(f"{cause}; {hint}", hint=hint)
        kind = TemporaryFailure if found and all(f.temporary for f in found) else PermanentFailure
        return kind(f"{what}: {cause}", hint=hint)


def _count(event: EngineEvent, counts: dict[str, int], seen: ResourceSeen) -> None:
    if event.res_outputs_event is None or not is_cloud_object(event.res_outputs_event.metadata):
        return
    step = event.res_outputs_event.metadata
    operation = operation_of(step.op)
    if operation:
        counts[operation] = counts.get(operation, 0) + 1
        seen(operation, logical_name(step.urn))


def _resources(events: list[EngineEvent]) -> int:
    gone = {"delete", "delete-replaced", "discard"}
    urns = {
        event.res_outputs_event.metadata.urn
        for event in events
        if event.res_outputs_event
        and event.res_outputs_event.metadata.op.value not in gone
        and is_cloud_object(event.res_outputs_event.metadata)
    }
    return len(urns)
