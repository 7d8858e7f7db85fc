"""`mutualis exporter` in a process of its own, its calls to the cloud seen by a proxy, looked at from outside."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo_region import DemoRegion
from exporter_client import Answer, ask, until
from page_samples import samples_of
from recording_proxy import RecordingProxy
from slow_book import Samples

EVERY = 5  # seconds between collections
LONG = 300  # seconds: every part must be read in time once, on a machine that may be loaded


@dataclass(frozen=True, kw_only=True)
class RunningExporter:
    process: subprocess.Popen[bytes]
    proxy: RecordingProxy
    url: str
    log: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.url, path, method, **headers)

    def page(self) -> Samples:
        answer = self.ask("/metrics")
        assert answer.status == 200, answer
        return samples_of(answer.body.decode())

    def collected(self) -> float:
        """When the page was put together."""
        return self.page()["mutualis_collection_timestamp_seconds", ()]

    def up(self) -> set[str]:
        """The parts whose last read succeeded."""
        found = self.page()
        return {dict(labels)["part"] for (name, labels), on in found.items() if name == "mutualis_collector_up" and on}

    def collect(self) -> None:
        """A collection now, and its page."""
        before = self.collected()
        assert self.ask("/-/reload", "POST").status == 200
        until(lambda: self.collected() > before, LONG)

    def threads(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        (number,) = re.findall(r"^Threads:\s+(\d+)$", status, re.MULTILINE)
        return int(number)


@contextmanager
def running_exporter(region: DemoRegion, directory: Path, *options: str) -> Iterator[RunningExporter]:
    """Serving its first page; ended as a service manager ends it."""
    ready, log = directory / "ready", directory / "log"
    listen = ("--listen", "127.0.0.1:0", "--every", str(EVERY), "--ready-file", str(ready), "--web.enable-lifecycle")
    command = region.command("exporter", str(region.folder), *listen, *options)
    with RecordingProxy() as proxy, log.open("wb") as output:
        environment = {**region.environment, **proxy.environment}
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            until(
                lambda: process.poll() is not None or (ready.exists() and ready.read_text(encoding="utf-8") != ""), LONG
            )
            assert process.poll() is None, log.read_text(encoding="utf-8")
            url = ready.read_text(encoding="utf-8")
            until(lambda: ask(url, "/-/ready").status == 200, LONG)
            yield RunningExporter(process=process, proxy=proxy, url=url, log=log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
