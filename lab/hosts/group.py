"""A control group (cgroup v2) as the one truth about which processes belong to what: no pid files, none left behind.

A process joins before it does anything, and all that it starts belongs too, whatever becomes of its parent.
"""

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError
from lab.hosts.errors import RequirementError
from lab.waiting import wait_until

_GONE = 60  # seconds, on a loaded computer; what was killed goes as soon as the kernel has closed what it had open


def hierarchy() -> Path:
    """Return where cgroup v2 is mounted, alone or beside v1; RequirementError if nowhere."""
    if found := _mounted("cgroup2 "):
        return found
    raise RequirementError(
        what="this machine has no control groups of version 2",
        where="/proc/self/mountinfo",
        what_to_do="mkdir /sys/fs/cgroup/unified; mount -t cgroup2 none /sys/fs/cgroup/unified",
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The group at ``path``, with all groups below it."""

    path: Path

    def below(self, name: str) -> "Group":
        return Group(self.path / name)

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    def join(self) -> None:
        """Put this process in, and so all that it starts from now on."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")

    def is_populated(self) -> bool:
        """Whether any process lives in it."""
        try:
            return "populated 1" in (self.path / "cgroup.events").read_text(encoding="ascii")
        except OSError:
            return False

    def processes(self) -> tuple[int, ...]:
        """Return the ids of all processes in it."""
        found: list[int] = []
        for file in (self.path / "cgroup.procs", *self.path.rglob("cgroup.procs")):
            with contextlib.suppress(OSError):  # a group inside may go at any time
                found += map(int, file.read_text(encoding="ascii").split())
        return tuple(sorted(set(found)))

    def end(self, *, patience: float = 0) -> None:
        """End all processes, by TERM if there is ``patience`` (seconds), and by KILL; then remove the group."""
        if patience:
            for pid in self.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            self.wait_until_empty(patience)
        if self.is_populated():
            (self.path / "cgroup.kill").write_text("1", encoding="ascii")
            if not self.wait_until_empty(_GONE):
                raise LabError(
                    what=f"processes {', '.join(map(str, self.processes()))} were killed and do not go",
                    where=str(self.path),
                    what_to_do="see what they wait for (a disk, a network file system), then do the same again",
                )
        self._remove()

    def wait_until_empty(self, seconds: float) -> bool:
        return wait_until(lambda: not self.is_populated(), seconds=seconds)

    def _remove(self) -> None:
        for root in (self.path, *self._shadow()):
            inner = sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True)
            for path in (*inner, root):
                with contextlib.suppress(FileNotFoundError):
                    path.rmdir()

    def _shadow(self) -> tuple[Path, ...]:
        """Where cgroup v1 is mounted too, systemd-nspawn makes the same groups in v1's hierarchy of systemd."""
        unified = _mounted("cgroup2 ")
        named = _mounted("cgroup ", "name=systemd")
        return (named / self.path.relative_to(unified),) if unified and named else ()


def _mounted(kind: str, option: str = "") -> Path | None:
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        fields, _, rest = line.partition(" - ")
        if rest.startswith(kind) and option in rest:
            return Path(fields.split()[4])
    return None
