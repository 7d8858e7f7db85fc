"""Run a program of the system to its end, and tell its own words when it fails."""

import os
import subprocess

from lab.errors import LabError
from lab.hosts.requirements import system_path

_MISLEADING = ("PYTHON", "OS_", "LD_")


def environment() -> dict[str, str]:
    """Return our environment with the system's folders in PATH, English words, and nothing that leads elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_MISLEADING)}
    return kept | {"PATH": system_path(), "LC_ALL": "C.UTF-8"}


def run(*command: str, what_to_do: str) -> str:
    """Return what the program prints; raise LabError with its last words if it fails."""
    done = subprocess.run(
        command,
        env=environment(),
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        said = " | ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise LabError(what=f"failed: {said}", where=" ".join(command), what_to_do=what_to_do)
    return done.stdout
