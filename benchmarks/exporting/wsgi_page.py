"""client_python's own server over the same families, made once: what an exporter has who renders at each scrape.

    python wsgi_page.py FILE PORT

FILE: a page in Prometheus' text format. Runs with the product's Python; a thread a request, as its start_http_server.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families


class Page:
    """A collector of families that are there already."""

    def __init__(self, text: str) -> None:
        self._families = list(text_string_to_metric_families(text))

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def main() -> None:
    registry = CollectorRegistry()
    registry.register(Page(Path(sys.argv[1]).read_text(encoding="utf-8")))
    _, thread = start_http_server(int(sys.argv[2]), "127.0.0.1", registry)
    thread.join()


if __name__ == "__main__":
    main()
