"""Servers leave one host, a few at a time; what cannot leave is told, the others go."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.errors import TemporaryFailure
from orchestrator.flow.journey import Journey
from orchestrator.model.draining import Draining
from orchestrator.model.outcome import Failure
from orchestrator.ports import Clock, ResourceSeen

PAUSE: Final = 2.0  # seconds between two looks at all servers under way: one call each
SILENCE: Final = dt.timedelta(seconds=300)  # without an answer, after which a drain gives up


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """`moved`: servers that have left; `waiting`: not begun when the run was stopped."""

    moved: int
    failures: tuple[Failure, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drain:
    """`pause`: seconds. Nothing new is begun once `stop` is set; what is under way is waited for."""

    clock: Clock
    bounds: Draining
    stop: threading.Event
    pause: float = PAUSE

    def run(self, journeys: Sequence[Journey], seen: ResourceSeen) -> Drained:
        """In the order given. Raises TemporaryFailure when the cloud stays silent: the next run goes on."""
        waiting, under_way = list(journeys), list[Journey]()
        answered = self.clock.now()
        while under_way or (waiting and not self.stop.is_set()):
            while waiting and len(under_way) < self.bounds.servers_at_once and not self.stop.is_set():
                under_way.append(waiting.pop(0))
            if self._look(under_way, answered):
                answered = self.clock.now()
            for journey in [one for one in under_way if one.over]:
                under_way.remove(journey)
                seen("moved" if journey.arrived else "stays", journey.move.text)
            if under_way:
                self._rest()
        return Drained(
            moved=sum(one.arrived for one in journeys),
            failures=tuple(one.failure for one in journeys if one.failure),
            waiting=len(waiting),
        )

    def _look(self, under_way: Sequence[Journey], answered: dt.datetime) -> bool:
        """At each once; whether the cloud answered for all. Bounded: a silent cloud is asked for five minutes."""
        try:
            for journey in under_way:
                journey.go_on()
        except TemporaryFailure:
            if self.clock.now() - answered >= SILENCE:
                raise
            return False
        return True

    def _rest(self) -> None:
        threading.Event().wait(self.pause)  # not `stop`: once that is set it would be no rest any more
