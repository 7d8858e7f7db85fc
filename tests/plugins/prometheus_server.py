"""A real Prometheus of the tests' own: a free port of loopback, a directory that vanishes, stopped by its pid."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from prometheus_programs import program

PATIENCE = 120  # seconds: machines may be loaded
EVERY = "1s"


class Prometheus:
    """`directory`: for its configuration, data and log."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, jobs: Sequence[dict[str, Any]], rules: Sequence[Path] = (), every: str = EVERY) -> None:
        """Evaluates every second. `every`: how often it scrapes; an answer that takes longer counts as none."""
        told = {
            "global": {"scrape_interval": every, "evaluation_interval": EVERY},
            "rule_files": [str(path) for path in rules],
            "scrape_configs": list(jobs),
        }
        (self.directory / "prometheus.yml").write_text(yaml.safe_dump(told), encoding="utf-8")

    def backfill(self, openmetrics: str) -> None:
        """Series of the past; before it is started."""
        (self.directory / "past").write_text(openmetrics + "# EOF\n", encoding="utf-8")
        command = [program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=1024h"]
        done = subprocess.run(
            [*command, self.directory / "past", self.directory / "data"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        with (self.directory / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    program("prometheus"),
                    f"--config.file={self.directory / 'prometheus.yml'}",
                    f"--storage.tsdb.path={self.directory / 'data'}",
                    "--storage.tsdb.retention.time=60d",
                    f"--web.listen-address={self.url.removeprefix('http://')}",
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        self.until(self._ready)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The series of an instant query: `metric` and `value`. An error is told as Prometheus says it."""
        asked = urllib.parse.urlencode({"query": expression})
        answer = self._get(f"/api/v1/query?{asked}")["data"]
        assert answer["resultType"] in {"vector", "scalar"}
        found: list[dict[str, Any]] = answer["result"] if answer["resultType"] == "vector" else [{"metric": {}}]
        return found

    def firing(self) -> set[str]:
        """Names of alerts."""
        alerts = self._get("/api/v1/alerts")["data"]["alerts"]
        return {one["labels"]["alertname"] for one in alerts if one["state"] == "firing"}

    def until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert self._process is None or self._process.poll() is None, self._log()
            assert time.monotonic() < deadline, f"firing: {sorted(self.firing())}\n{self._log()}"
            time.sleep(0.2)  # noqa: TID251  until it is true, for two minutes at most

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
            return json.load(answer)

    def _log(self) -> str:
        return (self.directory / "log").read_text(encoding="utf-8")[-3000:]


def hurried(rules: Sequence[Path], folder: Path) -> list[Path]:
    """Copies whose alerts fire, and end, as soon as their expression says so."""
    folder.mkdir()
    copies = []
    for path in rules:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        for rule in (rule for group in told["groups"] for rule in group["rules"]):
            rule.pop("for", None)
            rule.pop("keep_firing_for", None)
        copies.append(folder / path.name)
        copies[-1].write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    return copies


@contextmanager
def running(prometheus: Prometheus) -> Iterator[Prometheus]:
    try:
        prometheus.start()
        yield prometheus
    finally:
        prometheus.stop()
