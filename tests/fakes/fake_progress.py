"""The Progress port: remembers what it was told."""

from __future__ import annotations

import threading

from orchestrator.model.outcome import Outcome
from orchestrator.model.plan import Step


class FakeProgress:
    def __init__(self) -> None:
        self.steps: tuple[Step, ...] = ()
        self.begun: list[str] = []
        self.resources: list[tuple[str, str, str]] = []
        self.outcomes: list[Outcome] = []
        self._lock = threading.Lock()

    def begin(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps

    def resource(self, step: str, operation: str, name: str) -> None:
        with self._lock:
            self.resources.append((step, operation, name))

    def started(self, step: str) -> None:
        with self._lock:
            self.begun.append(step)

    def finished(self, outcome: Outcome) -> None:
        with self._lock:
            self.outcomes.append(outcome)
