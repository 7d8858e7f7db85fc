"""What went wrong in a stack, from the engine's events: the resource, the service's own words, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pulumi.automation import EngineEvent
from pulumi.automation.errors import CommandError, ConcurrentUpdateError

from orchestrator.adapters.stacks_pulumi.changes import logical_name
from orchestrator.adapters.stacks_pulumi.hints import BUSY, hint_for, is_temporary
from orchestrator.model.outcome import Failure

_SUMMARY: Final = re.compile(r"^(update|preview|destroy|refresh) failed$")
_LAST_LINES: Final = 6
_OWNER: Final = re.compile(r"created by (\S+) \(pid (\d+)\) at (\S+)")
_LOST: Final = re.compile(r"Its connection broke.*", re.DOTALL)
_TRACEBACK: Final = "Traceback (most recent call last):"
_PREFIX: Final = re.compile(r"^(std(out|err): )?(error: )?(python inline source runtime error: )?")


def failures_of(events: Iterable[EngineEvent], error: CommandError | None) -> tuple[Failure, ...]:
    """Failures by resource, in the order in which they came; without any, what the command itself said."""
    found = [_diagnostic(event) for event in events]
    named = tuple(dict.fromkeys(failure for failure in found if failure))
    return named or ((_command(error),) if error else ())


def _diagnostic(event: EngineEvent) -> Failure | None:
    diagnostic = event.diagnostic_event
    if diagnostic is None or diagnostic.severity != "error":
        return None
    text = diagnostic.message.strip()
    if not text or _SUMMARY.match(text):
        return None
    return failure(logical_name(diagnostic.urn) if diagnostic.urn else "", text)


def _command(error: CommandError) -> Failure:
    if isinstance(error, ConcurrentUpdateError):
        return Failure(resource="", cause=_busy(str(error)), hint=BUSY, temporary=True)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines if "error:" in line.lower()] or lines[-_LAST_LINES:]
    return failure("", " ".join(said))


def _busy(said: str) -> str:
    """In the words in which a region is busy: each owner of a lock of the stack, as both engines name it.

    What ours adds of an owner whose connection broke is kept: how long to wait.
    """
    owners = (f"since {since} by {who}, process {pid}" for who, pid, since in _OWNER.findall(said))
    lost = _LOST.search(said)
    rest = f". {' '.join(lost[0].split())}" if lost else ""
    return f"the stack is busy {' and '.join(owners) or 'by somebody who left no name'}{rest}"


def failure(resource: str, said: str) -> Failure:
    """A failure with the hint that fits its cause."""
    cause = without_traceback(said)
    return Failure(resource=resource, cause=cause, hint=hint_for(cause), temporary=is_temporary(cause))


def without_traceback(text: str) -> str:
    """What was said, on one line, without the frames of a program's traceback: those are for whoever writes programs.

    The text before a traceback says the same as its last line; without any before it, the last line is kept.
    """
    before, mark, frames = text.partition(_TRACEBACK)
    kept = _PREFIX.sub("", before).strip()
    if mark and not kept:
        kept = frames.strip().splitlines()[-1]
    return " ".join(kept.split())
