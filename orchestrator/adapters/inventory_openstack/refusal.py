"""A service answered, and not with what was asked for: an error that still knows the HTTP status."""

from __future__ import annotations

from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure


class Refusal(MutualisError):
    """Base of both. `status`: of the HTTP answer; `retry_after`: seconds that the service wants to be left alone."""

    def __init__(self, message: str, *, status: int, hint: str = "", retry_after: float = 0.0) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.retry_after = retry_after


class PassingRefusal(Refusal, TemporaryFailure):
    """The same call may be answered later."""


class LastingRefusal(Refusal, PermanentFailure):
    """Asking again changes nothing."""
