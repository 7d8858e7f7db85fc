"""OpenStack's own Python environments: installed once a lock file, apart from the product's.

There are two: that of every cloud, and one with what the optional services need more than that, which is never used
without the first. The lock's digest stands in the directory's name, so that another lock makes another environment.
A stamp, written last, tells a whole installation from one that was interrupted.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lab.disk import INSTALL_BYTES, OPTIONAL_BYTES, check_space, full_disk_named
from lab.errors import EnvironmentMissingError, InstallationError

LOCK = Path(__file__).parent / "cloud-requirements.txt"
OPTIONAL_LOCK = LOCK.with_name("optional-requirements.txt")
Progress = Callable[[str], None]
_LAST_LINES = 5


def lock_digest(lock: Path | None = None) -> str:
    """Return the name of this OpenStack (or of another lock file's): twelve digits of the lock's SHA-256."""
    return hashlib.sha256((lock or LOCK).read_bytes()).hexdigest()[:12]


def default_directory() -> Path:
    """Return ``$XDG_CACHE_HOME/mutualis/cloud-<lock>``, with the interpreter's version behind it."""
    return _cached(f"cloud-{lock_digest()}")


def _cached(name: str) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return cache / "mutualis" / f"{name}-py{version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The environment in ``directory``, made with ``interpreter`` (Python 3.11 or later) from ``lock``.

    ``contents`` says what is in it; ``needed`` is how many bytes must be free to install it.
    """

    directory: Path = field(default_factory=default_directory)
    interpreter: Path = field(default_factory=lambda: Path(sys.executable))
    lock: Path = field(default_factory=lambda: LOCK)
    contents: str = "OpenStack"
    needed: int = INSTALL_BYTES

    @property
    def python(self) -> Path:
        return self.directory / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.directory / "installed"

    @property
    def packages(self) -> Path:
        """Where its packages lie, once it is installed."""
        return next((self.directory / "lib").glob("python*/site-packages"))

    def is_installed(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text(encoding="ascii").strip() == lock_digest(self.lock)

    def require(self) -> Path:
        """Return its Python; raise EnvironmentMissingError if it is not, or not wholly, installed."""
        if not self.is_installed():
            raise EnvironmentMissingError(
                what=f"{self.contents} is not installed",
                where=str(self.directory),
                what_to_do="install it (`up` does) and see that the package index is reachable",
            )
        return self.python

    def install(self, progress: Progress) -> bool:
        """Install what the lock names; return False if that had been done before.

        Two at once: the second waits. Raises InstallationError with the installer's last words, or DiskFullError.
        """
        if self.is_installed():
            return False
        with full_disk_named(self.directory):
            check_space(self.directory, self.needed)
            self.directory.parent.mkdir(parents=True, exist_ok=True)
            with self.directory.with_name(f"{self.directory.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                return not self.is_installed() and self._install(progress)

    def _install(self, progress: Progress) -> bool:
        shutil.rmtree(self.directory, ignore_errors=True)
        uv = _find_uv()
        progress(f"installing {self.contents} into {self.directory} with {'uv' if uv else 'pip'} (once)")
        try:
            self._run_all(self._commands(uv), progress)
        except InstallationError:
            if not uv:
                raise
            progress("uv failed; trying again with pip, which knows this machine's own settings")
            shutil.rmtree(self.directory, ignore_errors=True)
            self._run_all(self._commands(None), progress)
        self.stamp.write_text(f"{lock_digest(self.lock)}\n", encoding="ascii")
        return True

    def _commands(self, uv: str | None) -> tuple[tuple[str, ...], ...]:
        locked = ("--no-deps", "--require-hashes", "--requirement", str(self.lock))  # a lock is whole
        if uv:
            make = (uv, "venv", "--no-project", "--python", str(self.interpreter), str(self.directory))
            return make, (uv, "pip", "install", "--python", str(self.python), *locked)
        pip = (str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *locked)
        return (str(self.interpreter), "-m", "venv", str(self.directory)), pip

    def _run_all(self, commands: tuple[tuple[str, ...], ...], progress: Progress) -> None:
        for command in commands:
            self._run(command, progress)

    def _run(self, command: tuple[str, ...], progress: Progress) -> None:
        last: list[str] = []
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            for line in process.stdout or ():
                last = [*last, line.strip()][-_LAST_LINES:]
                progress(line.rstrip())
        if process.returncode:
            check_space(self.directory, _MARGIN)
            raise InstallationError(
                what=f"{Path(command[0]).name} failed: {' | '.join(last)}",
                where=str(self.directory),
                what_to_do="see that the package index is reachable, then do the same again",
            )


def optional_environment() -> Environment:
    """Return the environment with what the optional services need more than OpenStack's has."""
    return Environment(
        directory=_cached(f"optional-{lock_digest(OPTIONAL_LOCK)}"),
        lock=OPTIONAL_LOCK,
        contents="what Swift, Designate and Octavia need",
        needed=OPTIONAL_BYTES,
    )


_MARGIN = 20 << 20  # less than this left after a failure: the disk was the reason


def _find_uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv")
