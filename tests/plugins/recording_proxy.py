"""An HTTP forward proxy on loopback that notes every call between Mutualis and the cloud.

The services know nothing of it: clients are pointed at it by `http_proxy`. It can lose the answer of a call after
the service has carried it out, which the real cloud cannot be made to do.
"""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Answer = tuple[int, list[tuple[str, str]], bytes]  # status, headers, body
LOGIN = re.compile(r"/auth/tokens$")


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    port: int

    @property
    def writes(self) -> bool:
        """Whether the call can change the cloud; asking for a token cannot."""
        return self.method in WRITES and not LOGIN.search(self.path)


def _keep(call: Call) -> bool:
    del call
    return False


@dataclass
class RecordingProxy:
    """`lose`: told of each finished call; True drops its answer."""

    calls: list[Call] = field(default_factory=list)
    lose: Callable[[Call], bool] = _keep
    handler: type[Handler] = field(default_factory=lambda: Handler)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        handler = type("Handler", (self.handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """What points a client at the proxy, and gRPC (which is not HTTP/1.1) past it."""
        assert self._server is not None
        url = f"http://127.0.0.1:{self._server.server_address[1]}"
        return {"http_proxy": url, "no_grpc_proxy": "127.0.0.1,localhost", "no_proxy": ""}

    @property
    def writes(self) -> list[Call]:
        return [call for call in self.calls if call.writes]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: RecordingProxy

    def _forward(self) -> None:
        url = urlsplit(self.path)
        call = Call(self.command, url.path, url.port or 80)
        self.proxy.calls.append(call)
        body = self._body()
        self.respond(
            call, lambda: _ask(url.hostname or "", url.port or 80, self.command, self.path, body, self.headers)
        )

    def respond(self, call: Call, ask: Callable[[], Answer]) -> None:
        """What the client gets; `ask` has the service carry the call out."""
        found = ask()
        if self.proxy.lose(call):
            self.close_connection = True
            return
        with suppress(BrokenPipeError, ConnectionResetError):  # the client did not wait
            self.send_answer(*found)

    def send_answer(self, status: int, headers: list[tuple[str, str]], answer: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _forward  # noqa: N815 names of the standard library

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 the base class's name
        """Quiet: the calls are kept."""


def _ask(host: str, port: int, method: str, url: str, body: bytes, headers: Any) -> Answer:
    path = url.split(f"{host}:{port}", 1)[1] or "/"
    kept = {
        k: v for k, v in headers.items() if k.lower() not in {"transfer-encoding", "connection", "proxy-connection"}
    }
    kept["Content-Length"] = str(len(body))
    connection = http.client.HTTPConnection(host, port, timeout=180)
    try:
        connection.request(method, path, body=body or None, headers=kept)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()
