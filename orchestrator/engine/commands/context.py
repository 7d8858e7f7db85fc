"""What a command is given: where it runs, with what, and where its text goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.engine.arguments import Parsed
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.errors import EngineError
from orchestrator.engine.provider import Provider


@dataclass(slots=True)
class Console:
    """The two texts of a command; each line is handed on as it comes. Lines may come from several threads."""

    on_output: Callable[[str], object] | None = None
    on_error: Callable[[str], object] | None = None
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, text: str) -> None:
        with self._lock:
            for line in text.split("\n"):
                self.stdout.append(line.rstrip())
                if self.on_output is not None:
                    self.on_output(line.rstrip())

    def complain(self, text: str) -> None:
        for line in text.split("\n"):
            self.stderr.append(line.rstrip())
            if self.on_error is not None:
                self.on_error(line.rstrip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`environment`: the variables given with the operation, never the process's own.

    `running`: holds the gate of an operation while it runs, so that it can be interrupted. `program`: its function,
    where it is at hand; else the command line tells where the program answers.
    """

    parsed: Parsed
    work_dir: Path
    environment: Mapping[str, str]
    console: Console
    provider: Provider
    running: Callable[[Gate], AbstractContextManager[None]]
    program: Callable[[], object] | None = None

    def store(self, name: str = "") -> StackStore:
        """The stack that the command names, by `--stack` or otherwise."""
        stack = name or self.parsed.text("--stack")
        if not stack:
            raise EngineError("error: no stack selected; name one with --stack")
        return StackStore.at(stack, self.work_dir, self.environment)
