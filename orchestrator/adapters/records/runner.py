"""Who runs this process, for records and for whoever finds the region busy."""

from __future__ import annotations

import getpass
import os
import socket


def runner() -> str:
    """`user@host`."""
    return f"{_user()}@{socket.gethostname()}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
