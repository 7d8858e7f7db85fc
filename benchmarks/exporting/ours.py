"""Our exporter, as its users start it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measurement.product import Product

from exporting.figures import Figures, figures, series
from exporting.server_process import Served, free_port, served

NAME = "mutualis exporter"
FIRST_LIMIT = 180.0
NEXT_LIMIT = 120.0
TAKEN = series("mutualis_collection_timestamp_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """Collects when it is told to; `every` seconds otherwise."""

    server: Served

    def page(self) -> Figures:
        return figures(self.server.get(NEXT_LIMIT).decode())

    def ready(self) -> float:
        """Wait for the first page; seconds since the process was started."""
        self.server.wait("ready", lambda: self.server.answers("/-/ready"), FIRST_LIMIT)
        return time.perf_counter() - self.server.begun

    def collect(self) -> float:
        """Wake it, wait for its next page; seconds. There must be one already."""
        before = self._taken()
        self.server.tell(signal.SIGHUP)
        return self.server.wait("collecting again", lambda: self._taken() != before, NEXT_LIMIT)

    def _taken(self) -> bytes:
        """The line that says when; cheap: no figures are made of the page."""
        page = self.server.get(NEXT_LIMIT)
        return page[page.rindex(b"\n" + TAKEN[0].encode() + b" ") :].split(b"\n", 2)[1]


@contextmanager
def exporter(product: Product, region: Path, clouds: Path, log: Path, *, every: int = 3600) -> Iterator[Exporter]:
    """`every`: seconds between collections that nobody asks for."""
    port = free_port()
    command = (
        product.mutualis, "exporter", region, "--clouds", clouds, "--listen", f"127.0.0.1:{port}", "--every", every,
    )  # fmt: skip
    with served(
        [str(part) for part in command], log, f"http://127.0.0.1:{port}/metrics", product.environment
    ) as server:
        yield Exporter(server=server)
