"""The engine as a `PulumiCommand`: what the Automation API runs instead of Pulumi's command line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error
from semver import VersionInfo
from typing_extensions import override

from orchestrator.engine.arguments import parse
from orchestrator.engine.commands.context import Console, Context
from orchestrator.engine.commands.stacks import CLI_VERSION
from orchestrator.engine.commands.table import COMMANDS
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.errors import EngineError
from orchestrator.engine.provider import Provider

ENGINE_VERSION: Final = "1.0.0"
_SYNTAX: Final = {words: syntax for words, (syntax, _) in COMMANDS.items()}
_INTERRUPTED: Final = "interrupted: no new steps were begun, and what was made is recorded; run again to go on"


class EmbeddedCommand(PulumiCommand):
    """Carries out Pulumi's commands in this process.

    One instance serves many stacks at once from many threads, each with its own work directory. Credentials and
    the passphrase come with each operation (`LocalWorkspaceOptions.env_vars`), never from the process.
    """

    def __init__(self, provider: Provider) -> None:  # the base class looks for a program on PATH
        self.command = "pulumi"
        self.version = VersionInfo.parse(CLI_VERSION)
        self._provider = provider
        self._lock = threading.Lock()
        self._gates: set[Gate] = set()
        self._interrupted = False

    @property
    def provider(self) -> Provider:
        """What carries out the resources."""
        return self._provider

    def interrupt(self) -> None:
        """End all operations within seconds, from any thread: no new steps; waits are broken off, all is recorded.

        It lasts: an operation that begins later ends at once. For a new start make a new instance.
        """
        with self._lock:
            self._interrupted = True
            gates = tuple(self._gates)
        for gate in gates:
            gate.interrupt(_INTERRUPTED)

    @override
    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Callable[[str], Any] | None = None,
        on_error: Callable[[str], Any] | None = None,
    ) -> CommandResult:
        """Carry one command out; raises the SDK's typed errors where the command line would have failed."""
        console = Console(on_output, on_error)
        try:
            code = self._dispatch(args, cwd, additional_env, console)
        except EngineError as error:
            console.complain(str(error))
            code = error.code
        result = CommandResult(stdout="\n".join(console.stdout), stderr="\n".join(console.stderr), code=code)
        if code != 0:
            raise create_command_error(result)
        return result

    def _dispatch(self, args: list[str], cwd: str, environment: Mapping[str, str], console: Console) -> int:
        parsed = parse(args, _SYNTAX)
        context = Context(
            parsed=parsed,
            work_dir=Path(cwd),
            environment=dict(environment),
            console=console,
            provider=self._provider,
            running=self.running,
        )
        return COMMANDS[parsed.command][1](context)

    @contextmanager
    def running(self, gate: Gate) -> Iterator[None]:
        """The length of an operation: its gate closes when the command is interrupted."""
        with self._lock:
            self._gates.add(gate)
            interrupted = self._interrupted
        if interrupted:
            gate.interrupt(_INTERRUPTED)
        try:
            yield
        finally:
            with self._lock:
                self._gates.discard(gate)
