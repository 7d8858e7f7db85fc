"""One call of Git that reads objects and can do nothing else.

Whatever the repository, the machine or the revision says: no hook, no filter, no textconv, no file-system monitor, no
fetch, no prompt, no replacement of objects; paths are paths and no patterns. The environment is made anew, only what
says where the objects are is kept (in a hook, those that were pushed stand in a quarantine of their own).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Final

from orchestrator.errors import TemporaryFailure

KEPT: Final = (
    "PATH",
    "HOME",
    "XDG_CONFIG_HOME",
    "GIT_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
"""HOME: the machine's own settings say whose repositories may be read (safe.directory)."""
FIXED: Final = {
    "LC_ALL": "C.UTF-8",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "GIT_SSH_COMMAND": "/bin/false",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
}
SETTINGS: Final = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.sshCommand=/bin/false",
    "core.pager=cat",
    "core.attributesFile=/dev/null",
    "core.quotePath=false",
    "diff.external=",
    "protocol.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
)
LIMIT: Final = 120  # seconds for one call, on a loaded machine too
_ERROR_CHARACTERS: Final = 400


class TooMuchOutputError(Exception):
    """Git had more to say than anybody needs; it was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Calls in one repository. `place`: its folder or one in its working copy."""

    place: Path
    environment: Mapping[str, str]

    @classmethod
    def at(cls, place: Path, environment: Mapping[str, str] = os.environ) -> Git:
        kept = {name: environment[name] for name in KEPT if name in environment}
        return cls(place=place, environment={**kept, **FIXED})

    def read(self, *arguments: str, most: int, given: bytes = b"") -> bytes:
        """What it prints, at most `most` bytes. `given`: its standard input.

        Raises TemporaryFailure when it fails or takes too long, TooMuchOutputError.
        """
        status, output, complaint = self._run(arguments, most, given)
        if status:
            raise TemporaryFailure(f"git {arguments[0]} failed: {_told(complaint)}", hint="look at the repository")
        return output

    def line(self, *arguments: str) -> str | None:
        """Its only line; None when it fails: there is no such thing."""
        status, output, _ = self._run(arguments, 65536, b"")
        return None if status else output.decode("utf-8", "surrogateescape").removesuffix("\n")

    def complaint(self, *arguments: str) -> str:
        """Why it fails; empty when it does not."""
        status, _, complaint = self._run(arguments, 65536, b"")
        return _told(complaint) if status else ""

    def _run(self, arguments: tuple[str, ...], most: int, given: bytes) -> tuple[int, bytes, bytes]:
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        command = ["git", "--no-pager", *settings, *arguments]
        try:
            with subprocess.Popen(
                command,
                cwd=self.place,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process:
                return _conversation(process, most, given)
        except FileNotFoundError as error:
            hint = "install git, and name a folder that is there by --repository"
            raise TemporaryFailure(f"git cannot be run in {self.place}", hint=hint) from error
        except subprocess.TimeoutExpired as error:
            raise TemporaryFailure(f"git {arguments[0]} took more than {LIMIT} s", hint="try again") from error


def _conversation(process: subprocess.Popen[bytes], most: int, given: bytes) -> tuple[int, bytes, bytes]:
    """Stops it as soon as it says too much, or when its time is over."""
    complaint: list[bytes] = []
    threads = [Thread(target=_write, args=(_pipe(process.stdin), given))]
    threads.append(Thread(target=lambda: complaint.append(_pipe(process.stderr).read(65536))))
    timer = Timer(LIMIT, process.kill)
    for thread in (*threads, timer):
        thread.start()
    try:
        output = _pipe(process.stdout).read(most + 1)
        if len(output) > most:
            raise TooMuchOutputError
        status = process.wait()
    finally:
        late = timer.finished.is_set()
        timer.cancel()
        if process.poll() is None:
            process.kill()
        for thread in threads:
            thread.join()
    if late:
        raise subprocess.TimeoutExpired("git", LIMIT)
    return status, output, b"".join(complaint)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("all three are pipes")
    return pipe


def _write(pipe: IO[bytes], given: bytes) -> None:
    try:
        with pipe:
            pipe.write(given)
    except BrokenPipeError:
        pass  # it ended before it had read everything: its status says why


def _told(complaint: bytes) -> str:
    text = complaint.decode("utf-8", "replace")
    lines = [line.removeprefix("fatal: ") for line in text.splitlines() if line.strip()]
    said = "; ".join(lines)[:_ERROR_CHARACTERS] or "it does not say why"
    return "".join(char if char.isprintable() else "?" for char in said)
