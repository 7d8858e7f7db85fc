"""One HTTP request over a connection: read before a deadline, answered by the routes, written before the same one."""

from __future__ import annotations

import io
from http.server import BaseHTTPRequestHandler
from typing import Any, Final, cast

from orchestrator.adapters.exporter_prometheus.deadline import Deadline, UntilDeadline
from orchestrator.adapters.exporter_prometheus.reply import Asked
from orchestrator.adapters.exporter_prometheus.routes import Routes

LIMIT: Final = 10.0  # seconds for a whole connection, however slowly it trickles in
MOST_BODY: Final = 64 * 1024  # of a POST: thrown away, but read, or the peer may lose the answer


class Request(BaseHTTPRequestHandler):
    """HTTP/1.0, one request a connection: a scraper that idles holds no thread. `routes` is set by the server."""

    routes: Routes
    server_version = "mutualis"
    sys_version = ""

    def __init__(self, connection: Any, address: Any, server: Any, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(connection, address, server)

    def setup(self) -> None:
        """In place of the base's, whose files know no deadline."""
        self.connection = self.request
        both_ways = UntilDeadline(self.connection, self._deadline)
        self.rfile = io.BufferedReader(both_ways)
        self.wfile = cast("io.BufferedIOBase", both_ways)  # unbuffered, and what the base calls is there

    def do_GET(self) -> None:
        self._read_body()
        path = self.path.partition("?")[0]
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.routes.reply(Asked(method=self.command, path=path, headers=headers))
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    # http.server finds methods by these names; which page takes which is the routes' business
    do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET  # noqa: N815 (see above)

    def end_headers(self) -> None:
        web = self.routes.web
        for name, value in web.current().headers.items() if web else ():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name for it)
        """A scrape is no news."""

    def _read_body(self) -> None:
        length = self.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and len(length) < 10:  # noqa: PLR2004 (digits of a length)
            self.rfile.read(min(int(length), MOST_BODY))
