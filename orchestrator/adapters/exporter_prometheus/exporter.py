"""The exporter as a whole: collection and server, started and stopped together; as a program, in two processes."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Final

from orchestrator.adapters.exporter_prometheus.collection import Collection, PageSink, Sources
from orchestrator.adapters.exporter_prometheus.front_process import FrontProcess
from orchestrator.adapters.exporter_prometheus.heap import keep_one_heap
from orchestrator.adapters.exporter_prometheus.messages import Serve
from orchestrator.adapters.exporter_prometheus.page import RegionPage
from orchestrator.adapters.exporter_prometheus.serving import server_of, web_of
from orchestrator.adapters.exporter_prometheus.web_config_file import WebConfigFile
from orchestrator.errors import PermanentFailure, UsageError

log: Final = logging.getLogger(__name__)

STOP_SECONDS: Final = 1.0  # a collection that hangs in a service does not hold up the end
LOOK_SECONDS: Final = 0.5  # a signal that the system gave to another thread waits for the main thread to wake


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """`host`: loopback unless told otherwise; `port` 0: any free one; `cadence`: seconds between collections.

    `web_config`: TLS and the operator's users; `tokens`: the members' tokens; `lifecycle`: `POST /-/reload` reloads.
    """

    host: str = "127.0.0.1"
    port: int = 9180
    cadence: float = 60.0
    web_config: Path | None = None
    tokens: Path | None = None
    lifecycle: bool = False


class Exporter:
    """Listens as soon as it is made; serves after `start`. `sink` is given each new page.

    Raises UsageError when it cannot listen, and for a web configuration or tokens that are wrong.
    """

    def __init__(
        self,
        sources: Sources,
        listening: Listening | None = None,
        sink: PageSink = lambda _page: None,
    ) -> None:
        where = listening or Listening()
        self._told = Serve(web_config=where.web_config, tokens=where.tokens, lifecycle=where.lifecycle)
        web = web_of(self._told)
        if web:
            sources = replace(sources, certificate_end=lambda: web.current().certificate_end)
        self._front: FrontProcess | None = None
        self._sink = sink
        self._collection = Collection(sources, where.cadence, self._show)
        self._secure = bool(web and web.tls())
        warn_if_open(where.host, web)
        try:
            self._server = server_of(self._collection, self._told, web, (where.host, where.port))
        except OSError as error:
            raise UsageError(
                f"cannot listen on {where.host}:{where.port}", hint="choose another address or port; 0 is any free one"
            ) from error
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="exporter-server", daemon=True)

    @property
    def url(self) -> str:
        """Where the metrics are."""
        host = self._server.server_name
        scheme = "https" if self._secure else "http"
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self._server.server_port}/metrics"

    def start(self) -> None:
        self._collection.start()
        self._thread.start()

    def reload(self) -> None:
        """Read the specs again and collect, at once. What is wrong with them is logged, the last good ones count."""
        self._collection.wake()

    def stop(self) -> None:
        """No further answer and no further collection; the port is free afterwards."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._collection.stop(STOP_SECONDS)

    def run(self, stop: Event) -> None:
        """Serve until the event is set, from a process beside this one: see front.py. For a program of its own.

        Raises PermanentFailure when that process ends by itself.
        """
        keep_one_heap()
        self._front = FrontProcess(self._server.socket, self._collection, self._told)
        self._collection.start()
        try:
            while not stop.wait(LOOK_SECONDS):
                if not self._front.alive:
                    raise PermanentFailure("the serving process has ended", hint="start the exporter again")
        finally:
            self._front.stop()
            self.stop()

    def _show(self, page: RegionPage) -> None:
        if self._front:
            self._front.show(page)
        self._sink(page)


def warn_if_open(host: str, web: WebConfigFile | None) -> None:
    """Elsewhere than on loopback both TLS and a password are wanted."""
    config = web.current() if web else None
    missing = [
        what for what, there in (("TLS", config and config.tls), ("a password", config and config.users)) if not there
    ]
    if missing and not _is_loopback(host):
        log.warning("listening on %s without %s: see --web.config.file", host, " and without ".join(missing))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
