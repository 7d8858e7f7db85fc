"""The stub as a process of one benchmark: started, commanded, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measurement.errors import BenchmarkError

from stub_cloud.fault import Fault

SERVE = Path(__file__).with_name("serve.py")
START_LIMIT = 120.0
COMMAND_LIMIT = 120.0
"""Seconds; another generation of the largest cloud is made within one command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the stub was asked for since the last reset."""

    calls: dict[str, int]
    sent: dict[str, int]
    tokens: int

    @property
    def number(self) -> int:
        """Of calls, those for tokens included."""
        return sum(self.calls.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStub:
    base: str
    clouds: Path
    process: int

    def asked(self) -> Asked:
        found = self._command("tally")
        return Asked(calls=found["calls"], sent=found["bytes"], tokens=found["tokens"])

    def reset(self) -> None:
        self._command("reset")

    def targets(self) -> list[str]:
        """Of every call, in order."""
        found: list[str] = self._command("targets")
        return found

    def missing(self) -> list[str]:
        """What was asked for that the stub has no answer to."""
        found: list[str] = self._command("missing")
        return found

    def set_latency(self, milliseconds: float) -> None:
        self._command("latency", seconds=milliseconds / 1000)

    def break_service(self, service: str, fault: Fault) -> None:
        self._command("break", service=service, fault=fault.value)

    def vanish(self, project: str) -> None:
        self._command("vanish", project=project)

    def mend(self) -> None:
        self._command("mend")

    def set_generation(self, number: int) -> None:
        self._command("generation", number=number)

    def _command(self, name: str, **options: Any) -> Any:
        request = urllib.request.Request(f"{self.base}/-/{name}", json.dumps(options).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=COMMAND_LIMIT) as answer:
            return json.load(answer)


@contextmanager
def running_stub(size: str, folder: Path, latency: float = 0.0) -> Iterator[RunningStub]:
    """`size`: as serve.py takes it; `folder`: a new one for its files; `latency`: milliseconds a call."""
    folder.mkdir(parents=True)
    command = [sys.executable, SERVE, size, folder, "--latency", str(latency)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            clouds = _serving(process, folder / "clouds.yaml")
            line = next(one for one in clouds.read_text(encoding="utf-8").splitlines() if "auth_url" in one)
            base = line.partition(": ")[2].removesuffix("/identity/v3")
            yield RunningStub(base=base, clouds=clouds, process=process.pid)
        finally:
            process.terminate()


def _serving(process: subprocess.Popen[bytes], clouds: Path) -> Path:
    deadline = time.monotonic() + START_LIMIT
    while not clouds.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchmarkError("the stub cloud does not start")
        time.sleep(0.05)  # noqa: TID251 (bounded by the deadline)
    return clouds
