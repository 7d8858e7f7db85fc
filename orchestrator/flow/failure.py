"""What an error says of the step that it stopped, or that could not be shown: the cause, and what to do about it."""

from __future__ import annotations

from orchestrator.errors import MutualisError, PolicyRefusal, TemporaryFailure
from orchestrator.model.outcome import Failure
from orchestrator.model.plan import Trouble


def failure_of(err: Exception) -> Failure:
    """Of a step that broke. Ours say it themselves; the file system is worth another try; anything else is a bug."""
    if isinstance(err, MutualisError):
        return Failure(resource="", cause=str(err), hint=err.hint, temporary=isinstance(err, TemporaryFailure))
    if isinstance(err, OSError):
        cause = f"{err.strerror or err}: {err.filename or ''}".rstrip(": ")
        return Failure(resource="", cause=cause, hint="mend that, then apply again", temporary=True)
    cause = f"this is a bug of Mutualis: {type(err).__name__}: {err}"
    return Failure(resource="", cause=cause, hint="please report it; the other steps are not concerned")


def trouble_of(err: MutualisError) -> tuple[str, Trouble]:
    """Of a step whose changes cannot be shown: what its plan says of that. A refusal says in itself what to do."""
    if isinstance(err, PolicyRefusal):
        return str(err), Trouble.REFUSED
    told = f"{err} ({err.hint})" if err.hint else str(err)
    return told, Trouble.TEMPORARY if isinstance(err, TemporaryFailure) else Trouble.PERMANENT
