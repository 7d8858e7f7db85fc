"""How much memory a command needed, with all that it started: looked up several times a second while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY = 0.2
"""Seconds between two looks; a shorter peak may be missed."""

PARENT_FIELD, SESSION_FIELD = 1, 3
"""Of /proc/PID/stat, counted behind the name in brackets (proc_pid_stat(5))."""


class Peak:
    """`value`: bytes; proportional set sizes, so that pages which processes share count once."""

    def __init__(self) -> None:
        self.value = 0

    def look(self, session: int) -> None:
        self.value = max(self.value, sum(_bytes(process) for process in _processes(session)))


@contextmanager
def peak_of(session: int) -> Iterator[Peak]:
    """Watch all processes of a session (setsid(2)), and all that they start, for the length of the block."""
    peak, ended = Peak(), threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            peak.look(session)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _processes(session: int) -> Iterator[Path]:
    """Also those that made a session of their own, as Ansible's workers do."""
    known = dict(_parents_and_sessions())
    for process in known:
        above: int = process
        while above in known and known[above][1] != session:
            above = known[above][0]
        if above in known:
            yield Path("/proc") / str(process)


def _parents_and_sessions() -> Iterator[tuple[int, tuple[int, int]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        yield int(folder.name), (int(fields[PARENT_FIELD]), int(fields[SESSION_FIELD]))


def _bytes(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
