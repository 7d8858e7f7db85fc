"""A benchmark as a program: tells where it runs, cleans up however it ends, and ends with its JSON line."""

from __future__ import annotations

import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from measurement.errors import BenchmarkError
from measurement.verdict import Verdict

INTERRUPTED, TERMINATED = 130, 143


def main(name: str, unit: str, goal: str, measure: Callable[[Path], Verdict]) -> None:
    """Run `measure` in a folder that vanishes afterwards, and exit: 0 when it has a figure, 1 when it has none."""
    signal.signal(signal.SIGTERM, _leave)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # it is a text stream
    print(f"{name}: {machine()}")
    try:
        with tempfile.TemporaryDirectory(prefix="mutualis-benchmark-") as folder:
            verdict = measure(Path(folder))
    except BenchmarkError as err:
        print(f"error: {err}", file=sys.stderr)
        print(failed(name, unit, goal, str(err)).line())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    if not verdict.full_size:
        print("goal: not judged, this run was smaller than the goal's size")
    print(verdict.line())


def failed(name: str, unit: str, goal: str, why: str) -> Verdict:
    """The last line of a run without a figure."""
    return Verdict(
        name=name,
        ours=None,
        unit=unit,
        peer="",
        peer_value=None,
        ratio=None,
        goal=goal,
        reached=False,
        full_size=False,
        further={"error": why.splitlines()[0]},
    )


def machine() -> str:
    """Where and when the figures were taken."""
    load = os.getloadavg()[0]
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return f"{os.cpu_count()} CPUs, load {load:.1f} at the start, Python {platform.python_version()}, {day}"


def progress(line: str) -> None:
    """For who waits; figures go to standard output."""
    print(f"  .. {line}", file=sys.stderr, flush=True)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)  # so that clouds are stopped and folders removed on the way out
