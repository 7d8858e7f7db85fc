"""One step of a stack carried out: marked as begun, built or retired, recorded once it is whole."""

from __future__ import annotations

from orchestrator.errors import MutualisError
from orchestrator.flow.plan import Planned, World, known_outputs
from orchestrator.flow.recorder import Recorder
from orchestrator.flow.show import target_of
from orchestrator.model.environment import RegionOutputs
from orchestrator.model.outcome import Outcome, StackResult
from orchestrator.model.plan import Decision, LedgerEntry, Step, StepAction, stack_of
from orchestrator.planning.decide import digest_of


class Actor:
    """For stacks: the region's and the tenants'."""

    def __init__(self, planned: Planned, world: World, recorder: Recorder) -> None:
        self._planned = planned
        self._world = world
        self._recorder = recorder
        self._entries = dict(world.ledger.read())

    def act(self, step: Step, note: str = "") -> Outcome:
        """Carry out the step and record what came of it. `note`: what to know of it besides."""
        return self._recorder.carried_out(step.name, lambda: self._carry_out(step), note=note)

    def _carry_out(self, step: Step) -> StackResult:
        decision = self._planned.decisions[step.name]
        if decision.action is StepAction.RETIRE:
            return self._retire(decision)
        return self._build(decision, step)

    def _build(self, decision: Decision, step: Step) -> StackResult:
        if decision.environment is None:
            raise MutualisError(f"step {decision.step} has nothing to build")
        engine = self._world.engine
        self._mark_begun(decision.step)
        outputs = RegionOutputs.of(known_outputs(self._entries, engine))
        result = engine.build(target_of(decision, outputs, step.changes), self._recorder.seen(decision.step))
        if not result.failures and not result.interrupted:
            digest = digest_of(decision.environment, self._planned.versions, outputs)
            self._record(decision, digest, result)
        return result

    def _retire(self, decision: Decision) -> StackResult:
        self._mark_begun(decision.step)
        result = self._world.engine.retire(stack_of(decision.step), self._recorder.seen(decision.step))
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
