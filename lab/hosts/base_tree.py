"""The tree that all machines share, read-only: a small Debian with systemd and an SSH server, made once a recipe."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lab.disk import check_space, full_disk_named
from lab.hosts.errors import BaseTreeError
from lab.hosts.launch import Launch, start
from lab.hosts.package_cache import PORT
from lab.hosts.sources import Sources

SUITE = "trixie"
LOGIN = "debian"
"""An ordinary user who becomes root by sudo, as on Debian's own cloud images; root may log in too."""

_PACKAGES = (
    *("systemd", "systemd-sysv", "dbus", "openssh-server", "sudo", "python3", "python3-apt", "iproute2"),
    *("iputils-ping", "ca-certificates", "netbase", "procps", "less", "ethtool"),
)
_HOOKS = (
    f'chroot "$1" useradd --create-home --shell /bin/bash {LOGIN}',
    f'echo "{LOGIN} ALL=(ALL) NOPASSWD: ALL" > "$1/etc/sudoers.d/90-lab"; chmod 440 "$1/etc/sudoers.d/90-lab"',
    'chroot "$1" systemctl enable -q systemd-networkd.service ssh.service',
    'chroot "$1" systemctl mask -q systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer',
    'rm -f "$1"/etc/ssh/ssh_host_* "$1/etc/hostname"; : > "$1/etc/machine-id"',
)
_OPTIONS = (
    "--variant=minbase",
    "--skip=cleanup/apt/lists",  # or each machine would fetch them (17 MB)
    '--aptopt=APT::Install-Recommends "false"',
    "--dpkgopt=force-unsafe-io",  # these trees are thrown away
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
)
_BYTES = 1 << 30  # the tree takes 230 MiB, what it is made of the rest
_SAID = 5

Progress = Callable[[str], None]


def cache_home() -> Path:
    """Return the folder of what all test hosts of this user share: base trees and downloaded packages."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "mutualis" / "hosts"


def recipe_digest() -> str:
    recipe = json.dumps([SUITE, _PACKAGES, _HOOKS, _OPTIONS])
    return hashlib.sha256(recipe.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class BaseTree:
    """A tree in ``folder``; ``identity`` tells it from one made later by the same recipe."""

    folder: Path

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    @property
    def identity(self) -> str:
        """Return "" as long as the tree is not whole."""
        try:
            return (self.folder / "identity").read_text(encoding="ascii").strip()
        except OSError:
            return ""

    def make(self, namespace: Path, cache: str, sources: Sources, log: Path, progress: Progress) -> None:
        """Make it unless it is there, its packages coming through the cache at ``cache`` in ``namespace``.

        Two at once: the second waits. Raises BaseTreeError with the last words of the program, or DiskFullError.
        """
        if self.identity:
            return
        with full_disk_named(self.folder):
            check_space(self.folder, _BYTES)
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.folder.with_name(f"{self.folder.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not self.identity:
                    self._make(namespace, cache, sources, log, progress)

    def _make(self, namespace: Path, cache: str, sources: Sources, log: Path, progress: Progress) -> None:
        progress(f"making the machines' base tree in {self.folder} (once; a minute)")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o755)
        command = (
            *("unshare", "--pid", "--fork", "--kill-child"),  # no step of it outlives this program
            *("mmdebstrap", "--quiet", "--mode=root", *_OPTIONS, f"--include={','.join(_PACKAGES)}"),
            *(f"--customize-hook={hook}" for hook in _HOOKS),
            f'--aptopt=Acquire::http::Proxy "http://{cache}:{PORT}"',
            *(SUITE, str(self.tree), *source_lines(sources)),
        )
        log.unlink(missing_ok=True)
        launch = Launch(command=command, namespace=str(namespace))
        with start(launch, log=log) as process:
            code = process.wait()
        if code:
            raise BaseTreeError(
                what=f"mmdebstrap failed: {' | '.join(log.read_text('utf-8', 'replace').splitlines()[-_SAID:])}",
                where=str(self.folder),
                what_to_do="see that Debian's archive is reachable, then do the same again",
                log=log,
            )
        (self.folder / "identity").write_text(f"{secrets.token_hex(8)}\n", encoding="ascii")


def source_lines(sources: Sources) -> tuple[str, ...]:
    """Return the machines' lines for apt; by plain HTTP, for the cache speaks TLS to the archive where that does."""
    archive = f"http://{urlsplit(sources.archive).netloc}/debian"
    lines = [f"deb {archive} {SUITE} main", f"deb {archive} {SUITE}-updates main"]
    if sources.security:
        security = f"http://{urlsplit(sources.security).netloc}/debian-security"
        lines.append(f"deb {security} {SUITE}-security main")
    return tuple(lines)


def base_tree() -> BaseTree:
    """Return the tree of today's recipe."""
    return BaseTree(cache_home() / f"{SUITE}-{recipe_digest()}")
