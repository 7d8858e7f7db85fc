"""Steps as they are carried out, whatever they do: told to the journal and to people, timed, and never a crash."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from orchestrator.flow.failure import failure_of
from orchestrator.model.outcome import Outcome, StackResult, Status
from orchestrator.ports import Clock, Journal, Progress, ResourceSeen

STOPPED: Final = "the run was stopped before it"
CUT_OFF: Final = "the run was stopped while it was under way; the next apply goes on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """`stop`: nothing new is begun once it is set."""

    clock: Clock
    journal: Journal
    progress: Progress
    stop: threading.Event

    def carried_out(
        self,
        step: str,
        work: Callable[[], StackResult],
        *,
        cut_off: str = CUT_OFF,
        stopped: str = STOPPED,
        note: str = "",
    ) -> Outcome:
        """The step begun, done and ended, or left for the next run.

        `cut_off`: what is said if `work` was stopped, `stopped` if it was not begun any more; `note`: otherwise.
        """
        if self.stop.is_set():
            return self.ended(self.held_back(step, "", stopped=stopped))
        self.begun(step)
        began = self.clock.now()
        try:
            result = work()
        except Exception as err:  # noqa: BLE001 one broken step is an outcome: the others go on
            result = StackResult(counts={}, outputs={}, resources=0, failures=(failure_of(err),))
        return self.ended(_outcome(step, result, (self.clock.now() - began).total_seconds(), cut_off, note))

    def held_back(self, step: str, why: str, *, stopped: str = STOPPED) -> Outcome:
        """Of a step that is not begun: for a reason of its own, unless the run is to end anyway."""
        if self.stop.is_set():
            return Outcome(step=step, status=Status.WAITING, seconds=0.0, note=stopped)
        return Outcome(step=step, status=Status.SKIPPED, seconds=0.0, note=why)

    def begun(self, step: str) -> None:
        """Before anything is touched."""
        self.journal.started(step)
        self.progress.started(step)

    def ended(self, outcome: Outcome) -> Outcome:
        """Whatever came of it, begun or not."""
        self.journal.finished(outcome)
        self.progress.finished(outcome)
        return outcome

    def seen(self, step: str) -> ResourceSeen:
        """What is told of each object while the step is under way."""
        return lambda word, name: self.progress.resource(step, word, name)


def _outcome(step: str, result: StackResult, seconds: float, cut_off: str, note: str) -> Outcome:
    status = Status.FAILED if result.failures else Status.WAITING if result.interrupted else Status.DONE
    return Outcome(
        step=step,
        status=status,
        seconds=seconds,
        counts={word: count for word, count in result.counts.items() if count},
        failures=result.failures,
        note=cut_off if status is Status.WAITING else note,
    )
