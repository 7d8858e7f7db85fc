"""A service's process, known by its pid and start time, so that a pid used again is never taken for it."""

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from lab.waiting import wait_until

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGESIZE")
_AFTER_NAME_START, _AFTER_NAME_USER, _AFTER_NAME_RSS = 19, 11, 21  # fields of proc(5) /proc/PID/stat behind the name


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFigures:
    """A living process: memory in bytes, CPU time in seconds, start time in the kernel's ticks since boot."""

    pid: int
    started: str
    rss_bytes: int
    cpu_seconds: float


def figures(pid: int) -> ProcessFigures | None:
    """Return what the kernel says of a process; None if there is none, or only its zombie.

    A killed process is a zombie while its other threads still end: it counts as living, for its sockets are open yet.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, *rest = text.rpartition(")")[2].split()
    if state in "ZX" and not _has_threads(pid):
        return None
    fields = [state, *rest]
    user, system = fields[_AFTER_NAME_USER], fields[_AFTER_NAME_USER + 1]
    return ProcessFigures(
        pid=pid,
        started=fields[_AFTER_NAME_START],
        rss_bytes=int(fields[_AFTER_NAME_RSS]) * _PAGE,
        cpu_seconds=(int(user) + int(system)) / _TICKS,
    )


def _has_threads(pid: int) -> bool:
    try:
        return len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
    except OSError:
        return False


def write_pid_file(path: Path, pid: int) -> None:
    me = figures(pid)
    if me is not None:
        new = path.with_suffix(".new")
        new.write_text(f"{me.pid} {me.started}\n", encoding="ascii")
        new.replace(path)


def living(pid_file: Path) -> ProcessFigures | None:
    """Return the process that the pid file means, if that very process still lives."""
    try:
        pid, started = pid_file.read_text(encoding="ascii").split()
        process = figures(int(pid))
    except (OSError, ValueError):
        return None
    return process if process and process.started == started else None


def end(pid_files: tuple[Path, ...], *, patience: float = 1.0) -> int:
    """End the processes of the pid files and remove the files; return how many lived.

    TERM at first, KILL after ``patience`` seconds: SQLite's files survive both.
    """
    lived = [path for path in pid_files if _signal(path, signal.SIGTERM)]
    if not _gone(lived, patience):
        for path in lived:
            _signal(path, signal.SIGKILL)
        _gone(lived, patience)
    for path in pid_files:
        path.unlink(missing_ok=True)
    return len(lived)


def _signal(pid_file: Path, number: signal.Signals) -> bool:
    process = living(pid_file)
    if process:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)
    return process is not None


def _gone(pid_files: list[Path], seconds: float) -> bool:
    return wait_until(lambda: not any(living(path) for path in pid_files), seconds=seconds, every=0.01)
