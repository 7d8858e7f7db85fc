"""One deadline for a whole connection: handshake, request and answer. However slowly a peer trickles, it ends."""

from __future__ import annotations

import io
import socket
import time
from typing import Any, Final

CHUNK: Final = 1024 * 1024  # bytes: each write is a turn that a scrape waits for while a collection is going on


class Deadline:
    """`seconds` from now, by the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than 0. Raises TimeoutError once it has passed."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class UntilDeadline(io.RawIOBase):
    """A socket's bytes, both ways; TimeoutError once the deadline has passed."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)

    def write(self, data: Any) -> int:
        """All of it: TLS counts a timeout for each record, and would let a slow reader stay for ever."""
        view = memoryview(data).cast("B")
        sent = 0
        while sent < len(view):
            self._connection.settimeout(self._deadline.left())
            sent += self._connection.send(view[sent : sent + CHUNK])
        return sent
