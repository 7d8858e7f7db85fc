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
from orchestrator.adapters.exporter_prometheus.serving import server_of, web_of


def main(arguments: list[str]) -> None:
    """`arguments`: number of the listening socket, number of the channel."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    inherited_socket, inherited = (int(text) for text in arguments)
    listening = socket.socket(fileno=inherited_socket)
    connection: Connection[Any, Any] = Connection(inherited)
    channel = Channel(connection)
    told: Serve = next(channel.received())
    far = FarCollection(channel)
    server = server_of(far, told, web_of(told), listening.getsockname()[:2], listening)
    Thread(target=server.serve_forever, args=(0.1,), name="exporter-server", daemon=True).start()
    far.follow()


if __name__ == "__main__":
    main(sys.argv[1:])
