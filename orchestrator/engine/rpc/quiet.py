"""Remarks of gRPC's that nobody needs: traces of exceptions that the SDK lets out of its server.

That a program ended because we take no new steps is as it should be; and where a program fails, the SDK cancels what
is still open and may trip over it, after the failure itself was told.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

# What the SDK says when we take no new steps: our own doing, and its reason is told elsewhere.
ENDED: Final = "Resource monitor has terminated, shutting down"
CRASHED: Final = "Exception calling application"  # gRPC's words for an exception that came out of a server's method


def keep_quiet() -> None:
    """Drop those remarks, and no other; saying it twice changes nothing."""
    logging.getLogger("grpc._server").addFilter(_is_worth_reading)


def _is_worth_reading(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if error is None or CRASHED not in record.getMessage():
        return True
    return not (ENDED in str(error) or isinstance(error, asyncio.InvalidStateError))
