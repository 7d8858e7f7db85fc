"""Locks of files that the kernel takes back when their owner dies."""

from __future__ import annotations

import fcntl


def is_taken(descriptor: int) -> bool:
    """Lock an open file, for whoever holds the descriptor; False: somebody else has it. Waits for nobody."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
