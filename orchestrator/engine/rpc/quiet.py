"""One remark of gRPC's that nobody needs: that a program ended because we take no new steps.

The SDK lets that exception out of its server, and gRPC writes its trace to the log although all went as it should.
"""

from __future__ import annotations

import logging
from typing import Final

# What the SDK says when we take no new steps: our own doing, and its reason is told elsewhere.
ENDED: Final = "Resource monitor has terminated, shutting down"


def keep_quiet() -> None:
    """Drop that remark, and no other; saying it twice changes nothing."""
    logging.getLogger("grpc._server").addFilter(_is_worth_reading)


def _is_worth_reading(record: logging.LogRecord) -> bool:
    return not (record.exc_info and ENDED in str(record.exc_info[1]))
