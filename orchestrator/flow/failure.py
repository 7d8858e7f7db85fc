"""What an error that stopped a step says of it: the cause, what to do, and whether trying again may help."""

from __future__ import annotations

from orchestrator.errors import MutualisError, TemporaryFailure
from orchestrator.model.outcome import Failure


def failure_of(err: Exception) -> Failure:
    """Ours say it themselves; the file system is worth another try; anything else is a bug."""
    if isinstance(err, MutualisError):
        return Failure(resource="", cause=str(err), hint=err.hint, temporary=isinstance(err, TemporaryFailure))
    if isinstance(err, OSError):
        cause = f"{err.strerror or err}: {err.filename or ''}".rstrip(": ")
        return Failure(resource="", cause=cause, hint="mend that, then apply again", temporary=True)
    cause = f"this is a bug of Mutualis: {type(err).__name__}: {err}"
    return Failure(resource="", cause=cause, hint="please report it; the other steps are not concerned")
