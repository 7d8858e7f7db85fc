"""A way to the cloud that counts the calls which change it, and can kill whoever makes one.

It stands in front of all services at one address (`/PORT/...` leads to the service on PORT) and writes its own
address over theirs in what they answer. A forward proxy would not do: Go's clients ask none for loopback.
"""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LOOPBACK = re.compile(rb"http://127\.0\.0\.1:(\d+)")
DROPPED = frozenset({"connection", "content-length", "transfer-encoding", "host", "accept-encoding"})
LIMIT = 180.0


@dataclass
class Gateway:
    """`at`: the call, counted from 1, at which `kill` is called; 0: none. `is_carried_out`: before that, or not."""

    calls: int = 0
    at: int = 0
    is_carried_out: bool = False
    kill: Callable[[], None] = field(default=lambda: None)
    address: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self, at: int, *, is_carried_out: bool, kill: Callable[[], None]) -> None:
        """Count anew."""
        with self._lock:
            self.calls, self.at, self.is_carried_out, self.kill = 0, at, is_carried_out, kill

    def meet(self) -> bool:
        """A call that writes came in; whether it is the last one."""
        with self._lock:
            self.calls += 1
            return self.calls == self.at

    def rewritten(self, text: bytes) -> bytes:
        return LOOPBACK.sub(rf"{self.address}/\1".encode(), text)


@contextmanager
def open_gateway(clouds: Path, copy: Path) -> Iterator[Gateway]:
    """`copy`: where the clouds.yaml is written that leads through it."""
    gateway = Gateway()
    handler = type("Passing", (_Passing,), {"gateway": gateway})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    gateway.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    copy.write_bytes(gateway.rewritten(clouds.read_bytes()))
    copy.chmod(0o600)
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gateway: Gateway

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever is killed hangs up in the midst of it
            super().handle()

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        port, path = self.path.lstrip("/").partition("/")[::2]
        writes = self.command in WRITES and not path.endswith("/auth/tokens")
        is_last = writes and self.gateway.meet()
        if is_last and not self.gateway.is_carried_out:
            self.gateway.kill()
            return
        status, headers, answer = self._asked(int(port), f"/{path}", body)
        if is_last:
            self.gateway.kill()
            return
        with suppress(ConnectionError):  # whoever asked may be dead by now
            self._answer(status, headers, self.gateway.rewritten(answer))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _pass  # noqa: N815 names of the standard library

    def _asked(self, port: int, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        kept = {name: value for name, value in self.headers.items() if name.lower() not in DROPPED}
        try:
            connection.request(
                self.command, path, body=body or None, headers={**kept, "Content-Length": str(len(body))}
            )
            found = connection.getresponse()
            return found.status, found.getheaders(), found.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in DROPPED:
                self.send_header(name, self.gateway.rewritten(value.encode()).decode())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 the base class's name
        """Quiet."""
