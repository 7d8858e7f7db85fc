"""`mutualis exporter`: the region's capacity for Prometheus."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path

import click

from orchestrator.cli.options import clouds_option, folder_argument, rules_folder, settings_of, state_option
from orchestrator.cli.specs import written_specs_of
from orchestrator.errors import UsageError
from orchestrator.wiring import exporting

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command("exporter")
@folder_argument
@click.option("--listen", default="127.0.0.1:9180", show_default=True, help="ADDRESS:PORT; port 0 is any free one")
@click.option(
    "--every", type=click.IntRange(5, 3600), default=60, show_default=True, help="Seconds between collections"
)
@click.option("--ready-file", type=_FILE, help="Write the URL here when it serves")
@click.option(
    "--web.config.file", "web_config", type=_FILE, help="TLS and users, in the format of the Prometheus exporters"
)
@click.option("--web.enable-lifecycle", "lifecycle", is_flag=True, help="Let POST /-/reload read the specs again")
@click.option("--tokens", type=_FILE, help="Members' tokens, for /tenant/<name>/metrics (see exporter-token)")
@click.option("--textfile", type=_FOLDER, help="Also write mutualis.prom here, for node_exporter")
@click.option("--tenant-textfiles", type=_FOLDER, help="Also write a file for each tenant here, its own figures alone")
@click.option(
    "--drift-every",
    type=click.IntRange(5, 10080),
    metavar="MINUTES",
    help="Look for drift in turns, so that every stack is seen within these minutes [default: never]",
)
@click.option("--once", is_flag=True, help="Collect once, write the files (or print the page), and end")
@clouds_option
@state_option
def exporter_command(
    folder: Path,
    listen: str,
    every: int,
    ready_file: Path | None,
    web_config: Path | None,
    tokens: Path | None,
    textfile: Path | None,
    tenant_textfiles: Path | None,
    drift_every: int | None,
    clouds: Path | None,
    state: Path | None,
    *,
    lifecycle: bool,
    once: bool,
) -> int:
    """Serve the region's capacity at /metrics until it is stopped (INT or TERM); HUP reads the specs again at once."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    specs, _ = written_specs_of(folder)
    settings = settings_of(state, clouds)
    files = exporting.textfiles(textfile, tenant_textfiles)
    if once:
        page = exporting.collected_page(specs, settings)
        files.write(page)
        if not (textfile or tenant_textfiles):
            click.echo(page.plain, nl=False)
        return 0
    host, port = _address(listen)
    where = exporting.listening(host, port, every, web_config=web_config, tokens_file=tokens, lifecycle=lifecycle)
    exporter = exporting.exporter(folder, specs, settings, where, rules_folder(), files)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: exporter.reload())
    click.echo(f"serving {exporter.url}")
    if ready_file:
        ready_file.write_text(exporter.url, encoding="utf-8")
    with exporting.looking_for_drift(specs, settings, drift_every):
        exporter.run(stop)
    return 0


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(f"{listen!r} is no ADDRESS:PORT", hint="for example --listen 127.0.0.1:9180")
    return host.strip("[]"), int(port)
