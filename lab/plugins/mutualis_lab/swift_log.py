"""Swift's loggers, led to the service's own log: by themselves they write to the machine's."""

import logging
import sys
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(server)s %(message)s"


def to_our_log(*hook: Any) -> None:
    """Swift's hook for a new logger; its arguments end with the logger and the adapter around it."""
    logger: logging.Logger = hook[-2]
    for handler in tuple(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    ours = logging.StreamHandler(sys.__stderr__)
    ours.setFormatter(logging.Formatter(_FORMAT, defaults={"server": "swift"}))
    logger.addHandler(ours)
