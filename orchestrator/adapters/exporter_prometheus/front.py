"""The program that serves: a process of its own, so that no scrape waits for the Python of a collection.

Started by front_process.py with two file descriptors: the socket that listens, and the channel to who collects. It ends
when the channel does, however the other side ended; signals are that side's business.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from orchestrator.adapters.exporter_prometheus.far import FarCollection
from orchestrator.adapters.exporter_prometheus.messages import Channel, Serve
from orchestrator.adapters.exporter_prometheus.request import Request
from orchestrator.adapters.exporter_prometheus.routes import Routes
from orchestrator.adapters.exporter_prometheus.server import ExporterServer
from orchestrator.adapters.exporter_prometheus.tokens import TokensFile
from orchestrator.adapters.exporter_prometheus.web_config_file import WebConfigFile


def main(arguments: list[str]) -> None:
    """`arguments`: number of the listening socket, number of the channel."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    listening, inherited = (int(text) for text in arguments)
    connection: Connection[Any, Any] = Connection(inherited)
    channel = Channel(connection)
    told: Serve = channel.receive()
    far = FarCollection(channel)
    server = served(socket.socket(fileno=listening), far, told)
    Thread(target=server.serve_forever, args=(0.1,), name="exporter-server", daemon=True).start()
    far.follow()


def served(listening: socket.socket, far: FarCollection, told: Serve) -> ExporterServer:
    """A server on a socket that listens already."""
    web = WebConfigFile(told.web_config) if told.web_config else None
    tokens = TokensFile(told.tokens) if told.tokens else None
    routes = Routes(collection=far, web=web, tokens=tokens, lifecycle=told.lifecycle)
    handler = type("Request", (Request,), {"routes": routes})
    return ExporterServer(listening.getsockname()[:2], handler, web.tls if web else lambda: None, listening=listening)


if __name__ == "__main__":
    main(sys.argv[1:])
