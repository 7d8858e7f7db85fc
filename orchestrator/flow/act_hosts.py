"""Hosts set up by turns: marked as begun, applied, recorded. A broken host is an outcome and stops no neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from orchestrator.flow.failure import failure_of
from orchestrator.flow.recorder import CUT_OFF, Recorder
from orchestrator.flow.server_guard import ServerGuard
from orchestrator.model.counted import counted
from orchestrator.model.host_result import HostResult, HostStatus
from orchestrator.model.outcome import Failure, Outcome, Status
from orchestrator.model.plan import Decision, LedgerEntry, Step, host_of, host_step
from orchestrator.planning.host_steps import HostFacts
from orchestrator.planning.rolling import may_begin
from orchestrator.ports import HostApplier, Ledger

SILENT: Final = Failure(
    resource="", cause="the run ended without a word of it", hint="apply again; if that does not help, report it"
)
STATUS: Final = {
    HostStatus.DONE: Status.DONE,
    HostStatus.FAILED: Status.FAILED,
    HostStatus.UNREACHABLE: Status.UNREACHABLE,
    HostStatus.INTERRUPTED: Status.WAITING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HostActor:
    """`decisions`: by step; `guard`: of servers that stand on hosts."""

    facts: HostFacts
    decisions: Mapping[str, Decision]
    applier: HostApplier
    ledger: Ledger
    recorder: Recorder
    guard: ServerGuard | None = None

    def act(self, steps: Sequence[Step]) -> Iterator[Outcome]:
        """Carry out the steps of hosts in the plan's order, until too many of them have failed."""
        known = self.ledger.read()
        failed = control = 0
        for _, members in groupby(steps, key=lambda step: step.batch):
            batch = tuple(members)
            if may_begin(self.facts.rolling, failed=failed, failed_control=control) and not self.recorder.stop.is_set():
                outcomes = self._batch(batch, known)
            else:
                outcomes = [self._held_back(step, failed) for step in batch]
            for outcome in outcomes:
                yield self.recorder.ended(outcome)
            lost = [one.step for one in outcomes if one.status in (Status.FAILED, Status.UNREACHABLE)]
            failed += len(lost)
            control += len(self.facts.control & {host_of(step) for step in lost})

    def _batch(self, steps: Sequence[Step], known: Mapping[str, LedgerEntry]) -> list[Outcome]:
        began = self.recorder.clock.now()
        held = self._held(steps)
        going = [step for step in steps if step.name not in held]
        results = self._results(going, known) if going else {}
        seconds = (self.recorder.clock.now() - began).total_seconds()
        return [
            replace(held[step.name], seconds=seconds)
            if step.name in held
            else self._released(self._recorded(step, results.get(host_of(step.name)), seconds))
            for step in steps
        ]

    def _held(self, steps: Sequence[Step]) -> Mapping[str, Outcome]:
        """Hosts that are left as they are for what stands on them, or because nothing can be recorded."""
        try:
            for step in steps:
                self.recorder.begun(step.name)
        except OSError as err:
            told = (failure_of(err),)
            return {one.name: Outcome(step=one.name, status=Status.FAILED, seconds=0.0, failures=told) for one in steps}
        asked = ((step.name, self.guard.before(host_of(step.name))) for step in steps if self.guard)
        return {name: outcome for name, outcome in asked if outcome}

    def _released(self, outcome: Outcome) -> Outcome:
        """A host that is not whole gets no servers; the next apply goes on with it."""
        if self.guard is None or outcome.status is not Status.DONE:
            return outcome
        failures = self.guard.after(host_of(outcome.step))
        return replace(outcome, status=Status.FAILED, failures=failures) if failures else outcome

    def _results(self, steps: Sequence[Step], known: Mapping[str, LedgerEntry]) -> Mapping[str, HostResult]:
        """What concerns no single host is the failure of each."""
        hosts = tuple(host_of(step.name) for step in steps)
        try:
            for step in steps:
                self._mark_begun(step.name, known.get(step.name))
            return self.applier.apply(self.facts.inventory, hosts, self._seen)
        except Exception as err:  # noqa: BLE001 a broken batch is an outcome: the run is recorded and told
            failed = failure_of(err)
            return {host: HostResult(host=host, status=HostStatus.FAILED, tasks=0, failure=failed) for host in hosts}

    def _recorded(self, step: Step, result: HostResult | None, seconds: float) -> Outcome:
        """What came of a host; the ledger vouches for it only once it is whole."""
        if result is None:
            return Outcome(step=step.name, status=Status.FAILED, seconds=seconds, failures=(SILENT,))
        outcome = _outcome(step.name, result, seconds)
        if outcome.status is not Status.DONE:
            return outcome
        try:
            self._record(self.decisions[step.name], result)
        except OSError as err:
            return replace(outcome, status=Status.FAILED, failures=(failure_of(err),))
        return outcome

    def _mark_begun(self, step: str, entry: LedgerEntry | None) -> None:
        """From here on no digest vouches for the host; that it was set up once, and may carry servers, stays known."""
        applied_at = entry.applied_at if entry else ""
        self.ledger.record(LedgerEntry(step=step, digest="", applied_at=applied_at, resources=0, outputs={}))

    def _record(self, decision: Decision, result: HostResult) -> None:
        entry = LedgerEntry(
            step=decision.step,
            digest=decision.digest,
            applied_at=self.recorder.clock.now().isoformat(timespec="seconds"),
            resources=result.tasks,
            outputs={},
            inputs=decision.inputs,
        )
        self.ledger.record(entry)

    def _held_back(self, step: Step, failed: int) -> Outcome:
        return self.recorder.held_back(step.name, f"not begun after {counted(failed, 'failed host')}")

    def _seen(self, host: str, word: str, task: str) -> None:
        self.recorder.progress.resource(host_step(host), word, task)


def _outcome(step: str, result: HostResult, seconds: float) -> Outcome:
    changed = len(result.changes)
    counts = {"changed": changed, "unchanged": max(result.tasks - changed, 0)}
    return Outcome(
        step=step,
        status=STATUS[result.status],
        seconds=seconds,
        counts={word: number for word, number in counts.items() if number},
        failures=(result.failure or SILENT,) if result.status in (HostStatus.FAILED, HostStatus.UNREACHABLE) else (),
        note=CUT_OFF if result.status is HostStatus.INTERRUPTED else "",
        changed=tuple(change.title for change in result.changes),
    )
