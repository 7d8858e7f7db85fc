"""`mutualis exporter`: the region's capacity for Prometheus."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path

import click

from orchestrator.cli.options import clouds_option, folder_argument, rules_folder, settings_of
from orchestrator.cli.specs import specs_of
from orchestrator.errors import UsageError
from orchestrator.wiring import inventory


@click.command("exporter")
@folder_argument
@click.option("--listen", default="127.0.0.1:9180", show_default=True, help="ADDRESS:PORT; port 0 is any free one")
@click.option(
    "--every", type=click.IntRange(5, 3600), default=60, show_default=True, help="Seconds between collections"
)
@click.option("--ready-file", type=click.Path(path_type=Path, dir_okay=False), help="Write the URL here when it serves")
@clouds_option
def exporter_command(folder: Path, listen: str, every: int, ready_file: Path | None, clouds: Path | None) -> int:
    """Serve the region's capacity at /metrics until it is stopped (INT or TERM)."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    specs, _ = specs_of(folder)
    host, port = _address(listen)
    exporter = inventory.exporter(
        folder, specs, settings_of(None, clouds), inventory.listening(host, port, every), rules_folder()
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"serving {exporter.url}")
    if ready_file:
        ready_file.write_text(exporter.url, encoding="utf-8")
    exporter.run(stop)
    return 0


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(f"{listen!r} is no ADDRESS:PORT", hint="for example --listen 127.0.0.1:9180")
    return host.strip("[]"), int(port)
