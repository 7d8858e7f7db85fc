"""What to do about a host that was not set up, by what Ansible, ssh or a module said."""

from __future__ import annotations

import re
from typing import Final

GENERIC: Final = "mend the cause and apply again: what is done stands, the next run goes on"
HIDDEN: Final = "the task works with secrets, so its words are hidden; docs/hosts.md says how to see them"
AWAY: Final = "see that the host is up and its address is right (`ssh USER@ADDRESS`), then apply again"

_HINTS: Final = (
    (
        r"host key verification failed|host identification has changed|no \S+ host key is known",
        "compare the host's key with the one at its console, then put it into known_hosts",
    ),
    (
        r"permission denied \(|too many authentication failures",
        "the host must know the key of the user who runs this (spec.installation.ssh names the account)",
    ),
    (
        r"sudo.*password|password.*sudo|not in the sudoers|not allowed to (run|execute)|a password is required",
        "the account of spec.installation.ssh must be allowed sudo without a password",
    ),
    (r"no space left|disk quota exceeded", "make room on the host's disk, then apply again"),
    (r"could not get lock|is another process using it|lock-frontend", "packages are being installed there: wait"),
    (
        r"unable to (fetch|correct)|failed to (fetch|update apt cache)|no package matching",
        "see that the host reaches the package mirror of spec.installation.packages",
    ),
    (r"no python|python.*not found|not found.*python", "install python3 on the host: Ansible's modules need it"),
)
_LASTING: Final = re.compile(r"permission denied|host key|identification has changed", re.IGNORECASE)
_PASSING: Final = re.compile(
    r"could not get lock|lock-frontend|timed? ?out|temporarily|connection (refused|reset|closed)", re.IGNORECASE
)


def hint_for(cause: str, *, otherwise: str = GENERIC) -> str:
    for pattern, hint in _HINTS:
        if re.search(pattern, cause, re.IGNORECASE):
            return hint
    return otherwise


def passes_when_away(cause: str) -> bool:
    """Whether a host that was not reached may be reached later with nothing changed."""
    return not _LASTING.search(cause)


def passes(cause: str) -> bool:
    """Whether a task that failed may work later with nothing changed."""
    return bool(_PASSING.search(cause))
