"""The server: a thread a connection, a bounded number of them, TLS if there is a context for it."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from threading import BoundedSemaphore
from typing import Any, Final

from orchestrator.adapters.exporter_prometheus import request as requests
from orchestrator.adapters.exporter_prometheus.deadline import Deadline
from orchestrator.adapters.exporter_prometheus.request import Request

CONNECTIONS: Final = 64  # at once; more are closed unanswered

TlsSource = Callable[[], ssl.SSLContext | None]
"""The context for a connection that begins now; None: no TLS."""


class ExporterServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        request: type[Request],
        tls: TlsSource = lambda: None,
        *,
        listening: socket.socket | None = None,
    ) -> None:
        """`listening`: a socket that listens already, of another process perhaps; else one is made for the address."""
        self._free = BoundedSemaphore(CONNECTIONS)
        self._tls = tls
        self._request = request
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, request, bind_and_activate=listening is None)
        if listening is not None:
            self.socket.close()
            self.socket = listening
            self._name_it()

    def server_bind(self) -> None:
        """Without the base's look-up of the host's name: it may hang on a broken resolver."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self._name_it()

    def _name_it(self) -> None:
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's own thread: a handshake that trickles holds up nobody else."""
        deadline = Deadline(requests.LIMIT)
        context = self._tls()
        if context is None:
            self._request(request, client_address, self, deadline)
            return
        request.settimeout(deadline.left())
        with context.wrap_socket(request, server_side=True) as connection:
            self._request(connection, client_address, self, deadline)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away or is too slow is its own business; anything else is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)
