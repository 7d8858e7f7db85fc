"""Where stacks live: one persistent work directory a stack to act in, a passing one to look from.

A preview writes nothing that stays: it works in a temporary directory with a copy of the stack's settings, and a
stack that does not exist yet is previewed against an empty backend that vanishes with the directory.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi import automation

from orchestrator.adapters.stacks_pulumi.engines import Carrier

Program = Callable[[], None]


def no_program() -> None:
    """For operations that run none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspaces:
    """`project`: the Pulumi project (the region); `backend`: URL; `credentials`: `OS_*` and the passphrase."""

    carrier: Carrier
    project: str
    backend: str
    folder: Path
    credentials: Mapping[str, str]

    def names(self) -> frozenset[str]:
        """The stacks that the backend knows; asking makes nothing."""
        if self.backend.startswith("file://") and not (self._backend_folder / ".pulumi").exists():
            return frozenset()
        with tempfile.TemporaryDirectory(prefix="mutualis-") as directory:
            workspace = automation.LocalWorkspace(**self._options(Path(directory), self.backend, no_program))
            return frozenset(summary.name for summary in workspace.list_stacks())

    def open(self, stack: str, program: Program) -> automation.Stack:
        """The stack to act on, made if it is not there yet."""
        directory = self.folder / stack
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.backend.startswith("file://"):
            self._backend_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return automation.create_or_select_stack(
            stack, project_name=self.project, program=program, opts=self._local(directory, self.backend, program)
        )

    @contextmanager
    def look(self, stack: str, program: Program, *, exists: bool) -> Iterator[automation.Stack]:
        """The stack to preview; nothing of it stays."""
        with tempfile.TemporaryDirectory(prefix="mutualis-") as name:
            directory = Path(name)
            for settings in (self.folder / stack).glob(f"Pulumi.{stack}.yaml"):
                shutil.copy(settings, directory)
            backend = self.backend if exists else self._passing_backend(directory)
            options = self._local(directory, backend, program)
            make = automation.select_stack if exists else automation.create_stack
            yield make(stack, project_name=self.project, program=program, opts=options)

    @contextmanager
    def together(self, stacks: Sequence[str]) -> Iterator[tuple[Path, Mapping[str, str]]]:
        """A passing work directory for looking at many existing stacks at once, and their operations' environment."""
        with tempfile.TemporaryDirectory(prefix="mutualis-") as name:
            directory = Path(name)
            (directory / "Pulumi.yaml").write_text(f"name: {self.project}\nruntime: python\n", encoding="utf-8")
            for stack in stacks:
                for settings in (self.folder / stack).glob(f"Pulumi.{stack}.yaml"):
                    shutil.copy(settings, directory)
            yield directory, self._environment(self.backend)

    def close(self, stack: str) -> None:
        """Forget the work directory of a stack that is no more."""
        shutil.rmtree(self.folder / stack, ignore_errors=True)

    @property
    def _backend_folder(self) -> Path:
        return Path(self.backend.removeprefix("file://"))

    @staticmethod
    def _passing_backend(directory: Path) -> str:
        backend = directory / "backend"
        backend.mkdir()
        return f"file://{backend}"

    def _local(self, directory: Path, backend: str, program: Program) -> automation.LocalWorkspaceOptions:
        return automation.LocalWorkspaceOptions(**self._options(directory, backend, program))

    def _options(self, directory: Path, backend: str, program: Program) -> dict[str, Any]:
        settings = automation.ProjectSettings(name=self.project, runtime="python")
        return {
            "work_dir": str(directory),
            "pulumi_command": self.carrier.command,
            "program": program,
            "env_vars": self._environment(backend),
            "project_settings": settings,
        }

    def _environment(self, backend: str) -> dict[str, str]:
        return {**self.carrier.environment, **self.credentials, "PULUMI_BACKEND_URL": backend}
