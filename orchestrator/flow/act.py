"""One step of a stack carried out: marked as begun, built or retired, recorded once it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orchestrator.errors import MutualisError
from orchestrator.flow.plan import Planned, World
from orchestrator.flow.recorder import Recorder
from orchestrator.flow.show import target_of
from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.outcome import Outcome, StackResult, Status
from orchestrator.model.plan import (
    Decision,
    LedgerEntry,
    ResourceChange,
    Step,
    StepAction,
    stack_of,
    tenant_step,
)
from orchestrator.planning.changed_ids import changed_ids
from orchestrator.planning.decide import digest_of

AGAIN: Final = "carried out again, for projects of others that are there now"
LEFT: Final = "the run was stopped before it was carried out again, for projects of others that are there now"


class Actor:
    """For stacks: the region's and the tenants'."""

    def __init__(self, planned: Planned, world: World, recorder: Recorder) -> None:
        self._planned = planned
        self._world = world
        self._recorder = recorder
        self._entries = dict(world.ledger.read())

    def act(self, step: Step, note: str = "") -> Outcome:
        """Carry out the step and record what came of it. `note`: what to know of it besides."""
        outcome = self._recorder.carried_out(step.name, lambda: self._carry_out(step), note=note)
        entry = self._entries.get(step.name)
        if entry and outcome.status is not Status.DONE:  # for others its state counts now, as in the next plan
            self._entries[step.name] = replace(entry, digest="")
        return outcome

    def act_after(self, step: Step, broken: frozenset[str]) -> Outcome:
        """The same, for a step that comes after others. `broken`: those of them that did not finish.

        Without an id that one of them should have told, there is nothing that the step could be built on.
        """
        if held := self._held(step, broken):
            return self._recorder.ended(self._recorder.held_back(step.name, held))
        return self.act(step)

    def act_again(self, step: Step) -> Outcome:
        """The same with the ids that are known by now; what was to be repaired is."""
        if held := self._held(step):
            return self._recorder.ended(self._recorder.held_back(step.name, held, stopped=LEFT))
        decision = replace(self._planned.decisions[step.name], repair=False)
        return self._recorder.carried_out(step.name, lambda: self._build(decision, ()), stopped=LEFT, note=AGAIN)

    def is_outdated(self, step: Step) -> bool:
        """Whether ids that its environment uses came to be known, or became others, since the step was done.

        If they cannot be read, carrying it out again says why.
        """
        decision, entry = self._planned.decisions[step.name], self._entries.get(step.name)
        if decision.environment is None or entry is None:
            return False
        try:
            ids = self._ids(decision)
        except MutualisError:
            return True
        return digest_of(decision.environment, self._planned.versions, ids) != entry.digest

    def _held(self, step: Step, broken: frozenset[str] = frozenset()) -> str:
        """Why the step cannot be carried out as it was planned, by what others did meanwhile; empty: it can."""
        decision = self._planned.decisions[step.name]
        environment = decision.environment
        if not isinstance(environment, TenantEnvironment):
            return ""
        try:
            ids = self._ids(decision)
        except MutualisError:
            return ""  # the step itself says so
        return _lacking(environment, ids, broken) or changed_ids(environment, self._planned.ids, ids)

    def _ids(self, decision: Decision) -> KnownIds:
        return exported_ids(self._entries, decision.knows, self._world.engine.outputs)

    def _carry_out(self, step: Step) -> StackResult:
        decision = self._planned.decisions[step.name]
        if decision.action is StepAction.RETIRE:
            return self._retire(decision)
        return self._build(decision, step.changes)

    def _build(self, decision: Decision, shown: Sequence[ResourceChange]) -> StackResult:
        if decision.environment is None:
            raise MutualisError(f"step {decision.step} has nothing to build")
        engine = self._world.engine
        self._mark_begun(decision.step)
        ids = self._ids(decision)
        result = engine.build(target_of(decision, ids, shown), self._recorder.seen(decision.step))
        if not result.failures and not result.interrupted:
            digest = digest_of(decision.environment, self._planned.versions, ids)
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


def _lacking(environment: TenantEnvironment, ids: KnownIds, broken: frozenset[str]) -> str:
    for shared in environment.shared_networks:
        if tenant_step(shared.owner) in broken and ids.network(shared.owner, shared.network) is None:
            return f"it uses network {shared.network} of tenant {shared.owner}, whose step did not finish"
    return ""
