"""Waiting for something outside this process: always on a condition, always with a limit."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Return True as soon as the condition holds, False when ``seconds`` have passed without it."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(every)  # noqa: TID251 other processes announce nothing; the limit stands above
    return True
