"""Errors of the way to a service: authentication, connection, time-outs, in an operator's words.

Tells above all whether the request can have reached the service: what surely has not may be sent again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import requests
from keystoneauth1 import exceptions
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREACHED: Final = re.compile(r"Unable to establish connection to (?P<url>\S+): ")
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500


class NotSent(ProviderError):
    """The request has surely not reached the service; whatever it was, it may be sent again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, temporary=True)


def unreachable(call: str, error: exceptions.ClientException, scope: str, *, before: bool = False) -> ProviderError:
    """What to raise for an error of keystoneauth. `before`: it came while logging in, so the call was never sent."""
    text = f"{call}: {_plainly(error, call)}{_hint(error, scope)}"
    if not _temporary(error):
        return ProviderError(text)
    return NotSent(text) if before or _never_connected(error) else ProviderError(text, temporary=True)


def _temporary(error: exceptions.ClientException) -> bool:
    """Whether it may have been carried out all the same, or will be another time; an answer cut short is one such."""
    if isinstance(error, exceptions.HttpError):
        status = error.http_status or 0
        return status == _TOO_MANY or status >= _SERVER_ERRORS
    if isinstance(error, exceptions.SSLError):
        return False
    return isinstance(error, exceptions.ConnectionError | exceptions.RetriableConnectionFailure)


def _never_connected(error: exceptions.ClientException) -> bool:
    """urllib3 raises these before a byte of the request has left."""
    return any(isinstance(one, NewConnectionError | ConnectTimeoutError) for one in _causes(error))


def _hint(error: exceptions.ClientException, scope: str) -> str:
    if not isinstance(error, exceptions.Unauthorized):
        return ""
    if scope:
        return f"; the credential may have no role in {scope}, which the provider resource names"
    return "; check OS_USERNAME, OS_PASSWORD and the project or domain names, or the cloud in clouds.yaml"


def _plainly(error: exceptions.ClientException, call: str) -> str:
    """The operating system's reason instead of what each library on the way has wrapped around it."""
    told = _UNREACHED.match(str(error))
    reason = _reason(error)
    if told is None or not reason:
        return str(error)
    where = "" if told["url"] in call else f" to {told['url']}"
    return f"unable to establish a connection{where}: {reason}"


def _reason(error: BaseException) -> str:
    for one in _causes(error):
        if isinstance(one, OSError) and not isinstance(one, requests.RequestException):
            return one.strerror or str(one)
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
