"""What stops a command of the engine before or after its steps: the text for stderr and the exit code."""

from __future__ import annotations


class EngineError(Exception):
    """A command cannot be carried out. `code`: the exit code that Pulumi's command line would give."""

    def __init__(self, message: str, *, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


class StateError(EngineError):
    """A file of the backend cannot be used as it is: broken, foreign, or sealed with another passphrase."""


class BrokenState(StateError):
    """A checkpoint that cannot be what was written: cut short, or against Pulumi's integrity rules."""
