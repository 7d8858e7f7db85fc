"""Which failed calls may be sent again, how often, and how soon.

The rule: a repetition must never do a thing twice. Reads and deletions cannot; any other call only comes again when
it was surely not carried out: it never reached the service, or the answer says that nothing was done.
"""

from __future__ import annotations

import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.unreached import NotSent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.provider import ProviderError

ATTEMPTS: Final = 4  # of a call that was lost: some 2 s on average, a restart of what stands before a service
ATTEMPTS_NOT_NOW: Final = 8  # of a call that was put off: about half a minute, a rate limit or a busy service
_READS: Final = frozenset({"GET", "HEAD"})
_TWICE_IS_ONCE: Final = _READS | {"DELETE"}
_TURNED_AWAY: Final = "Please try again"  # webob's words where the service refused before its own code ran
# Neutron's words for a quota that is spent; it says so wrongly for a moment, when it still holds the reservation of an
# object that it already counts: of two networks made at once where two are allowed, one may be refused
_PERHAPS_COUNTED_TWICE: Final = "Quota exceeded for resources"


def repeatable(method: str, error: ProviderError, failures: int) -> bool:
    """Whether the call may come again. `failures`: how often it has failed, this time included."""
    if isinstance(error, ServiceFault) and _perhaps_counted_twice(error):
        return failures < ATTEMPTS
    if not error.temporary:
        return False
    if isinstance(error, NotSent):
        return failures < ATTEMPTS
    if isinstance(error, ServiceFault) and _not_now(method, error):
        return failures < ATTEMPTS_NOT_NOW
    return method in _READS and failures < ATTEMPTS


def _perhaps_counted_twice(fault: ServiceFault) -> bool:
    return fault.status == HTTPStatus.CONFLICT and fault.text.startswith(_PERHAPS_COUNTED_TWICE)


def _not_now(method: str, fault: ServiceFault) -> bool:
    """429 is given before anything is done. 503 may come out of the middle of it, unless it shows that it did not."""
    if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if fault.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return False
    before = fault.retry_after is not None or not fault.request_id or _TURNED_AWAY in fault.text
    return method in _TWICE_IS_ONCE or before


def seconds_asked(error: ProviderError) -> float:
    """How long the service wants to be left alone."""
    return (error.retry_after or 0.0) if isinstance(error, ServiceFault) else 0.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds from now (RFC 9110, 10.2.3: a number or a date); None when there is none."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - time.time(), 0.0)
