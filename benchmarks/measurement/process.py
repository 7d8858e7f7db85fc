"""One command in a process of its own: timed as a whole, bounded in time, ended with all that it started."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.memory import peak_of

LAST_LINES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """`seconds`: of wall time, the start of the process included; `cpu_seconds`: of it and all that it waited for.

    `peak_bytes`: of it and all that it started, together.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    code: int
    output: str
    errors: str


def run(
    command: Sequence[str | Path],
    *,
    limit: float,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    codes: Collection[int] = (0,),
) -> Finished:
    """Run to the end. `limit`: seconds; `codes`: how it may end. Raises BenchmarkError with its last words."""
    cpu, begun = _cpu(), time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        env=None if environment is None else dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            with peak_of(process.pid) as peak:
                output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired as err:
            raise BenchmarkError(f"{_name(command)} was not done after {limit:.0f} s") from err
        finally:
            _end(process)
    seconds = time.perf_counter() - begun
    if process.returncode not in codes:
        said = "\n".join((output + errors).splitlines()[-LAST_LINES:])
        raise BenchmarkError(f"{_name(command)} ended with {process.returncode}:\n{said}")
    return Finished(
        seconds=seconds,
        cpu_seconds=_cpu() - cpu,
        peak_bytes=peak.value,
        code=process.returncode,
        output=output,
        errors=errors,
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end(process: subprocess.Popen[str]) -> None:
    """Whoever is left of the process's own session, when it is late or we are interrupted."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _name(command: Sequence[str | Path]) -> str:
    return " ".join(Path(part).name if index == 0 else str(part) for index, part in enumerate(command[:4]))
