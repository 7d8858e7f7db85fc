"""What this machine must have before test hosts can be made, and how to get it."""

import os
import shutil
import sys
from pathlib import Path

from lab.hosts.errors import RequirementError

PACKAGES = {
    "mmdebstrap": "mmdebstrap",
    "systemd-nspawn": "systemd-container",
    "ssh": "openssh-client",
    "ip": "iproute2",
    "unshare": "util-linux",
    "nsenter": "util-linux",
    "apt-config": "apt",
}
"""Program -> the Debian package that it comes with."""

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def system_path() -> str:
    """Return PATH with the folders of the system behind it: an ordinary login lacks /usr/sbin."""
    return f"{os.environ.get('PATH', '')}:{_SYSTEM_PATH}".lstrip(":")


def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages that must be installed, sorted."""
    missing = {package for program, package in PACKAGES.items() if not shutil.which(program, path=system_path())}
    if not KEYRING.exists():
        missing.add("debian-archive-keyring")
    return tuple(sorted(missing))


def check_root() -> None:
    """Raise RequirementError unless this is root: namespaces, mounts and containers are root's."""
    if os.geteuid() != 0:
        raise RequirementError(
            what="needs root: it makes network namespaces, mounts and containers",
            where="test hosts",
            what_to_do="run it as root on a machine of your own; the embedded cloud (`mutualis lab up`) needs no root",
        )


def check_requirements() -> None:
    """Raise RequirementError that names what is missing."""
    check_root()
    if missing := missing_packages():
        raise RequirementError(
            what=f"lacks {', '.join(missing)}",
            where="this machine",
            what_to_do=f"apt-get install --no-install-recommends {' '.join(missing)}",
        )
    if "overlay" not in Path("/proc/filesystems").read_text(encoding="ascii"):
        raise RequirementError(
            what="the kernel has no overlay file system", where="/proc/filesystems", what_to_do="modprobe overlay"
        )


if __name__ == "__main__":  # for scripts that install them
    sys.stdout.write(" ".join(missing_packages()))
