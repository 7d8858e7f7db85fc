"""An exporter as a process that serves: started, asked, measured while it lives, ended."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import sysconf
from pathlib import Path

from measurement.errors import BenchmarkError

EVERY = 0.02
"""Seconds between two looks at something awaited."""
END_LIMIT = 20.0
LAST_LINES = 15
TICKS = sysconf("SC_CLK_TCK")
UTIME, STIME = 11, 12
"""Of /proc/PID/stat behind the name (proc_pid_stat(5)), counted from 0 and from the state on."""
MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """`url`: of its metrics; `begun`: when it was started, by time.perf_counter."""

    process: subprocess.Popen[bytes]
    url: str
    begun: float

    def get(self, limit: float, path: str = "", **headers: str) -> bytes:
        """The body of a good answer; `path` in the place of the metrics' own. Raises URLError, also for a bad one."""
        url = self.url.rpartition("/")[0] + path if path else self.url
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=limit) as answer:
            return bytes(answer.read())

    def wait(self, what: str, good: Callable[[], bool], limit: float) -> float:
        """Until it is so; seconds. Raises BenchmarkError when the process ends or the time is over."""
        begun = time.perf_counter()
        while not good():
            if self.process.poll() is not None:
                raise BenchmarkError(f"the exporter ended with {self.process.returncode} instead of {what}")
            if time.perf_counter() - begun > limit:
                raise BenchmarkError(f"not {what} after {limit:.0f} s")
            time.sleep(EVERY)  # noqa: TID251 (bounded by the limit)
        return time.perf_counter() - begun

    def answers(self, path: str = "") -> bool:
        """Whether it gives a good answer."""
        try:
            self.get(10.0, path)
        except (urllib.error.URLError, OSError):
            return False
        return True

    def cpu(self) -> float:
        """Seconds of processor time so far, of all its threads, and of the processes that it started."""
        texts = (Path(f"/proc/{pid}/stat").read_text(encoding="utf-8") for pid in self._pids())
        fields = [text.rpartition(")")[2].split() for text in texts]
        return sum(int(one[UTIME]) + int(one[STIME]) for one in fields) / TICKS

    def memory(self, name: str = "VmRSS") -> float:
        """MiB now; VmHWM: at most so far (proc_pid_status(5)). Of all its processes: what they share counts twice."""
        lines = [
            line
            for pid in self._pids()
            for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        ]
        return sum(int(line.split()[1]) * 1024 / MIB for line in lines if line.startswith(f"{name}:"))

    def _pids(self) -> tuple[int, ...]:
        """Its own, and those of its children."""
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="utf-8").split()
        return (own, *(int(pid) for pid in children))

    def tell(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


@contextmanager
def served(
    command: Sequence[str | Path], log: Path, url: str, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Ended on the way out, however that is. `log`: where its output goes; its last lines are told if it fails."""
    begun = time.perf_counter()
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [str(part) for part in command],
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield Served(process=process, url=url, begun=begun)
        except BenchmarkError as err:
            last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:])
            raise BenchmarkError(f"{err}\n{last}") from err
        finally:
            _end(process)


def free_port() -> int:
    """One that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
