"""One HTTP request: bytes out of the page, or a word about health. Never calls the cloud."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, Final, NamedTuple

from orchestrator.adapters.exporter_prometheus.collection import Collection
from orchestrator.adapters.exporter_prometheus.page import CONTENT_TYPE

LIMIT: Final = 10.0  # seconds for a whole request and its answer, however slowly it trickles in
TEXT: Final = "text/plain; charset=utf-8"
INDEX: Final = "Mutualis exporter: /metrics, /-/healthy, /-/ready\n"


class Reply(NamedTuple):
    status: HTTPStatus
    content_type: str
    body: bytes
    encoding: str = ""


class _UntilDeadline(io.RawIOBase):
    """A socket's bytes; TimeoutError once the deadline (monotonic seconds) has passed."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Request(BaseHTTPRequestHandler):
    """HTTP/1.0, one request a connection: a scraper that idles holds no thread. `collection` is set by the server."""

    collection: Collection
    server_version = "mutualis"
    sys_version = ""

    def setup(self) -> None:
        super().setup()
        self._deadline = time.monotonic() + LIMIT
        self.rfile = io.BufferedReader(_UntilDeadline(self.connection, self._deadline))

    def do_GET(self) -> None:
        routes: dict[str, Callable[[], Reply]] = {
            "/": lambda: Reply(HTTPStatus.OK, TEXT, INDEX.encode()),
            "/metrics": self._metrics,
            "/-/healthy": self._healthy,
            "/-/ready": self._ready,
        }
        route = routes.get(self.path.partition("?")[0])
        self._send(route() if route else _said(HTTPStatus.NOT_FOUND, "no such page; see /"))

    do_HEAD = do_GET  # noqa: N815 (http.server finds methods by these names)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name for it)
        """A scrape is no news."""

    def _metrics(self) -> Reply:
        page = self.collection.page
        if page is None:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, "the first collection is not over yet")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            return Reply(HTTPStatus.OK, CONTENT_TYPE, page.compressed, "gzip")
        return Reply(HTTPStatus.OK, CONTENT_TYPE, page.plain)

    def _healthy(self) -> Reply:
        if self.collection.alive:
            return _said(HTTPStatus.OK, "collecting")
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "the collection has stopped")

    def _ready(self) -> Reply:
        if self.collection.page is not None:
            return _said(HTTPStatus.OK, "ready")
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "the first collection is not over yet")

    def _send(self, reply: Reply) -> None:
        self.connection.settimeout(max(0.1, self._deadline - time.monotonic()))
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Vary", "Accept-Encoding")
        if reply.encoding:
            self.send_header("Content-Encoding", reply.encoding)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


def _said(status: HTTPStatus, text: str) -> Reply:
    return Reply(status, TEXT, f"{text}\n".encode())
