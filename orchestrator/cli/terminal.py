"""What the terminal shows while work goes on: bars where there is one, plain lines elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from orchestrator.model.maintenance import host_in_maintenance
from orchestrator.model.outcome import Outcome
from orchestrator.model.plan import Step, host_of
from orchestrator.ports import Progress as ProgressPort
from orchestrator.reporting.run_text import outcome_lines

UNTOLD = {"ok", "skipped"}
"""Tasks of hosts that are not worth a line."""


def tell_task(host: str, word: str, task: str) -> None:
    """One line on standard error for a task that changed something, or failed."""
    if word not in UNTOLD:
        click.echo(f"  {word:8} {host}: {task}", err=True)


class PlainLines:
    """One line when a step begins and when it ends, and for each task that changes a host: for pipelines and files."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def begin(self, steps: tuple[Step, ...]) -> None:
        if steps:
            self._say(f"applying {len(steps)} steps")

    def started(self, step: str) -> None:
        self._say(f"  begun    {step}")

    def resource(self, step: str, operation: str, name: str) -> None:
        """Of hosts, where a step takes minutes; else too much for a log."""
        if host_of(step) or host_in_maintenance(step):
            with self._lock:
                tell_task(step, operation, name)

    def finished(self, outcome: Outcome) -> None:
        """Its first line; the report at the end tells the rest."""
        self._say(next(outcome_lines(outcome)))

    def _say(self, line: str) -> None:
        with self._lock:
            click.echo(line, err=True)


class Bars:
    """A bar per step at work, by resources done of those planned."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._totals: dict[str, int] = {}

    def begin(self, steps: tuple[Step, ...]) -> None:
        self._totals = {step.name: len(step.changes) + len(step.moves) for step in steps}

    def started(self, step: str) -> None:
        """How many tasks a host takes is known at the end."""
        total = None if host_of(step) else max(self._totals.get(step, 0), 1)
        self._tasks[step] = self._bars.add_task(step, total=total)

    def resource(self, step: str, operation: str, name: str) -> None:
        if step in self._tasks:
            self._bars.update(self._tasks[step], advance=1, description=f"{step}: {operation} {name}")

    def finished(self, outcome: Outcome) -> None:
        task = self._tasks.pop(outcome.step, None)
        if task is not None:
            self._bars.remove_task(task)
        self._bars.console.print(next(outcome_lines(outcome)), markup=False, highlight=False)


@contextmanager
def progress() -> Iterator[ProgressPort]:
    """Bars on standard error when it is a terminal, else plain lines; standard output stays for the result."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield PlainLines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        yield Bars(bars)
