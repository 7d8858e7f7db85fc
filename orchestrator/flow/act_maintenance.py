"""One host taken out of duty, or given back: recorded like any step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator.flow.host_duties import HostDuties
from orchestrator.flow.recorder import Recorder
from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.outcome import Outcome, StackResult
from orchestrator.model.plan import LedgerEntry, Step, StepAction
from orchestrator.ports import Ledger

CUT_OFF: Final = "the run was stopped while servers were leaving; the next apply goes on"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceActor:
    duties: HostDuties
    ledger: Ledger
    recorder: Recorder

    def act(self, step: Step, held_back: str = "") -> Outcome:
        """Carry out the step and record what came of it. `held_back`: why it is not to be."""
        if held_back:
            return self.recorder.ended(self.recorder.held_back(step.name, held_back))
        return self.recorder.carried_out(step.name, lambda: self._carry_out(step), cut_off=CUT_OFF)

    def _carry_out(self, step: Step) -> StackResult:
        """The ledger knows the host from before the first call until it is back in duty: so long the cloud is asked."""
        host = host_in_maintenance(step.name)
        if step.action is StepAction.RETURN:
            result = self.duties.give_back(host, self.recorder.seen(step.name))
            self.ledger.forget(step.name)
            return result
        self.ledger.record(self._entry(step, ""))
        result = self.duties.leave(host, self.recorder.seen(step.name), self.recorder.stop)
        if not result.failures and not result.interrupted:
            self.ledger.record(self._entry(step, step.digest))
        return result

    def _entry(self, step: Step, digest: str) -> LedgerEntry:
        at = self.recorder.clock.now().isoformat(timespec="seconds") if digest else ""
        return LedgerEntry(step=step.name, digest=digest, applied_at=at, resources=0, outputs={})
