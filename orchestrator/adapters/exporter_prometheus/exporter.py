"""The exporter as a whole: collection and server, started and stopped together."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from orchestrator.adapters.exporter_prometheus.collection import Collection, SpecSource
from orchestrator.adapters.exporter_prometheus.request import Request
from orchestrator.adapters.exporter_prometheus.server import ExporterServer
from orchestrator.errors import PermanentFailure
from orchestrator.ports import CloudInventory

STOP_SECONDS: Final = 1.0  # a collection that hangs in a service does not hold up the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """`host`: loopback unless told otherwise; `port` 0: any free one; `cadence`: seconds between collections."""

    host: str = "127.0.0.1"
    port: int = 9180
    cadence: float = 60.0


class Exporter:
    """Listens as soon as it is made; serves after `start`. Raises PermanentFailure when it cannot listen."""

    def __init__(self, inventory: CloudInventory, specs: SpecSource, listening: Listening | None = None) -> None:
        where = listening or Listening()
        self._collection = Collection(inventory, specs, where.cadence)
        handler = type("Request", (Request,), {"collection": self._collection})
        try:
            self._server = ExporterServer((where.host, where.port), handler)
        except OSError as error:
            raise PermanentFailure(
                f"cannot listen on {where.host}:{where.port}", hint="choose another address or port; 0 is any free one"
            ) from error
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="exporter-server", daemon=True)

    @property
    def url(self) -> str:
        """Where the metrics are."""
        host = self._server.server_name
        return f"http://{f'[{host}]' if ':' in host else host}:{self._server.server_port}/metrics"

    def start(self) -> None:
        self._collection.start()
        self._thread.start()

    def stop(self) -> None:
        """No further answer and no further collection; the port is free afterwards."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._collection.stop(STOP_SECONDS)

    def run(self, stop: Event) -> None:
        """Serve until the event is set."""
        self.start()
        try:
            stop.wait()
        finally:
            self.stop()
