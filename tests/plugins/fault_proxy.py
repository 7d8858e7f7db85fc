"""A proxy that spoils one write between the engine and the cloud, before or after the service has carried it out."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from recording_proxy import Answer, Call, Handler, RecordingProxy

REFUSALS = {"500": 500, "503": 503, "409": 409, "401": 401}
FAULTS = (*REFUSALS, "reset-before", "reset-after", "slow", "truncated")
SLOW_SECONDS = 6.0
WRITING_GETS = ("/associate", "/disassociate")  # Cinder's, of volume types and their QoS
REQUEST_ID = "req-00000000-0000-4000-8000-00000000fa17"


def _nothing(call: Call) -> None:
    del call


class FaultyHandler(Handler):
    proxy: FaultProxy

    def respond(self, call: Call, ask: Callable[[], Answer]) -> None:
        fault = self.proxy.take(call)
        if fault in REFUSALS:
            self._refuse(REFUSALS[fault])
            return
        if fault == "reset-before":
            self._reset()
            return
        status, headers, body = ask()
        self.proxy.afterwards(call)
        with suppress(BrokenPipeError, ConnectionResetError):  # the client did not wait
            self._answer(fault, status, headers, body)

    def _answer(self, fault: str, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        if fault == "reset-after":
            self._reset()
        elif fault == "truncated":
            self._break_off(status, headers, body)
        else:
            if fault == "slow":
                self.proxy.closing.wait(SLOW_SECONDS)
            self.send_answer(status, headers, body)

    def _refuse(self, status: int) -> None:
        body = json.dumps({"error": {"message": "made up by the test", "code": status}}).encode()
        self.send_answer(status, [("Content-Type", "application/json"), ("x-openstack-request-id", REQUEST_ID)], body)

    def _break_off(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Half of the body, and then the end; of an answer without a body, half of the head."""
        if not body:
            self.wfile.write(f"HTTP/1.1 {status} ".encode())
        else:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


@dataclass
class FaultProxy(RecordingProxy):
    """`spoil(fault)`: the next write meets it, once. `beforehand`, `afterwards`: told of each write (or every call)."""

    handler: type[Handler] = FaultyHandler
    beforehand: Callable[[Call], None] = _nothing
    afterwards: Callable[[Call], None] = _nothing
    met: list[Call] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _fault: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spoil(self, fault: str) -> None:
        with self._lock:
            self._fault = fault
            self.met.clear()

    def take(self, call: Call) -> str:
        """The fault that this call meets, or ""."""
        self.beforehand(call)
        with self._lock:
            if not self._fault or not (call.writes or call.path.endswith(WRITING_GETS)):
                return ""
            self.met.append(call)
            found, self._fault = self._fault, ""
        return found

    def __exit__(self, *exception: object) -> None:
        self.closing.set()
        super().__exit__(*exception)
