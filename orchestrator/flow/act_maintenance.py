"""One host taken out of duty, or given back: recorded like any step, and an outcome whatever happens."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from orchestrator.flow.failure import failure_of
from orchestrator.flow.host_duties import HostDuties
from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.outcome import Outcome, StackResult, Status
from orchestrator.model.plan import LedgerEntry, Step, StepAction
from orchestrator.ports import Clock, Journal, Ledger, Progress, ResourceSeen

STOPPED = "the run was stopped before it"
CUT_OFF = "the run was stopped while servers were leaving; the next apply goes on"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceActor:
    """`stop`: set when the run is to end."""

    duties: HostDuties
    ledger: Ledger
    clock: Clock
    journal: Journal
    progress: Progress
    stop: threading.Event

    def act(self, step: Step, held_back: str = "") -> Outcome:
        """Carry out the step and record what came of it. `held_back`: why it is not to be."""
        if self.stop.is_set():
            outcome = Outcome(step=step.name, status=Status.WAITING, seconds=0.0, note=STOPPED)
        elif held_back:
            outcome = Outcome(step=step.name, status=Status.SKIPPED, seconds=0.0, note=held_back)
        else:
            self.journal.started(step.name)
            self.progress.started(step.name)
            outcome = self._timed(step)
        self.journal.finished(outcome)
        self.progress.finished(outcome)
        return outcome

    def _timed(self, step: Step) -> Outcome:
        begun = self.clock.now()
        try:
            result = self._carry_out(step)
        except Exception as err:  # noqa: BLE001 one host that cannot leave is an outcome: the others go on
            result = StackResult(counts={}, outputs={}, resources=0, failures=(failure_of(err),))
        seconds = (self.clock.now() - begun).total_seconds()
        return _outcome(step, result, seconds)

    def _carry_out(self, step: Step) -> StackResult:
        """The ledger knows the host from before the first call until it is back in duty: so long the cloud is asked."""
        host = host_in_maintenance(step.name)
        if step.action is StepAction.RETURN:
            result = self.duties.give_back(host, self._seen(step))
            self.ledger.forget(step.name)
            return result
        self.ledger.record(self._entry(step, ""))
        result = self.duties.leave(host, self._seen(step), self.stop)
        if not result.failures and not result.interrupted:
            self.ledger.record(self._entry(step, step.digest))
        return result

    def _entry(self, step: Step, digest: str) -> LedgerEntry:
        at = self.clock.now().isoformat(timespec="seconds") if digest else ""
        return LedgerEntry(step=step.name, digest=digest, applied_at=at, resources=0, outputs={})

    def _seen(self, step: Step) -> ResourceSeen:
        return lambda word, name: self.progress.resource(step.name, word, name)


def _outcome(step: Step, result: StackResult, seconds: float) -> Outcome:
    status = Status.FAILED if result.failures else Status.WAITING if result.interrupted else Status.DONE
    return Outcome(
        step=step.name,
        status=status,
        seconds=seconds,
        counts={word: count for word, count in result.counts.items() if count},
        failures=result.failures,
        note=CUT_OFF if status is Status.WAITING else "",
    )
