"""One step carried out: marked as begun, built or retired, recorded. A broken step is an outcome, not a crash."""

from __future__ import annotations

import threading
from dataclasses import replace

from orchestrator.errors import MutualisError
from orchestrator.flow.failure import failure_of
from orchestrator.flow.plan import Planned, World, known_outputs
from orchestrator.flow.show import target_of
from orchestrator.model.environment import RegionOutputs
from orchestrator.model.outcome import Outcome, StackResult, Status
from orchestrator.model.plan import Decision, LedgerEntry, Step, StepAction, stack_of
from orchestrator.planning.decide import digest_of
from orchestrator.ports import Journal, Progress, ResourceSeen


class Actor:
    """For stacks: the region's and the tenants'."""

    def __init__(
        self, planned: Planned, world: World, journal: Journal, progress: Progress, stop: threading.Event
    ) -> None:
        self._planned = planned
        self._world = world
        self._journal = journal
        self._progress = progress
        self._stop = stop
        self._entries = dict(world.ledger.read())

    def act(self, step: Step, note: str = "") -> Outcome:
        """Carry out the step and record what came of it. `note`: what to know of it besides."""
        if self._stop.is_set():
            outcome = Outcome(step=step.name, status=Status.WAITING, seconds=0.0, note="the run was stopped before it")
        else:
            self._journal.started(step.name)
            self._progress.started(step.name)
            outcome = self._timed(step)
            outcome = replace(outcome, note=outcome.note or note)
        self._journal.finished(outcome)
        self._progress.finished(outcome)
        return outcome

    def _timed(self, step: Step) -> Outcome:
        begun = self._world.clock.now()
        decision = self._planned.decisions[step.name]
        try:
            result = self._carry_out(decision, step)
        except Exception as err:  # noqa: BLE001 one broken step is an outcome: the other tenants' steps go on
            result = StackResult(counts={}, outputs={}, resources=0, failures=(failure_of(err),))
        seconds = (self._world.clock.now() - begun).total_seconds()
        return _outcome(step, result, seconds)

    def _carry_out(self, decision: Decision, step: Step) -> StackResult:
        if decision.action is StepAction.RETIRE:
            return self._retire(decision)
        return self._build(decision, step)

    def _build(self, decision: Decision, step: Step) -> StackResult:
        if decision.environment is None:
            raise MutualisError(f"step {decision.step} has nothing to build")
        engine = self._world.engine
        self._mark_begun(decision.step)
        outputs = RegionOutputs.of(known_outputs(self._entries, engine))
        result = engine.build(target_of(decision, outputs, step.changes), self._seen(decision.step))
        if not result.failures and not result.interrupted:
            digest = digest_of(decision.environment, self._planned.versions, outputs)
            self._record(decision, digest, result)
        return result

    def _retire(self, decision: Decision) -> StackResult:
        self._mark_begun(decision.step)
        result = self._world.engine.retire(stack_of(decision.step), self._seen(decision.step))
        if not result.failures and not result.interrupted:
            self._world.ledger.forget(decision.step)
        return result

    def _mark_begun(self, step: str) -> None:
        """From here on no digest vouches for the step: whatever happens, the next plan looks at it again."""
        entry = self._entries.get(step)
        begun = LedgerEntry(
            step=step,
            digest="",
            applied_at="",
            resources=0,
            outputs=entry.outputs if entry else {},
            quota=entry.quota if entry else None,
        )
        self._world.ledger.record(begun)

    def _record(self, decision: Decision, digest: str, result: StackResult) -> None:
        entry = LedgerEntry(
            step=decision.step,
            digest=digest,
            applied_at=self._world.clock.now().isoformat(timespec="seconds"),
            resources=result.resources,
            outputs=dict(result.outputs),
            quota=decision.quota,
        )
        self._world.ledger.record(entry)
        self._entries[entry.step] = entry

    def _seen(self, step: str) -> ResourceSeen:
        return lambda operation, name: self._progress.resource(step, operation, name)


def _outcome(step: Step, result: StackResult, seconds: float) -> Outcome:
    if result.failures:
        status, note = Status.FAILED, ""
    elif result.interrupted:
        status, note = Status.WAITING, "the run was stopped while it was under way; the next apply goes on"
    else:
        status, note = Status.DONE, ""
    return Outcome(
        step=step.name, status=status, seconds=seconds, counts=result.counts, failures=result.failures, note=note
    )
