"""Keystone's key repositories for tokens and credentials, in the format that keystone-manage writes.

A repository is a directory of files named by numbers, each one Fernet key: 0 is the next one, the highest the primary.
Made here because keystone-manage wants its user to stand in /etc/passwd, which not every container's user does.
"""

import base64
import secrets
from pathlib import Path

from lab.layout import Layout
from lab.private_file import write_private


def make_keys(layout: Layout) -> None:
    """Make the keys that are missing; existing ones stay, or nobody could read what they sealed."""
    for repository in ("fernet", "credential"):
        for name in ("0", "1"):
            _make(layout.state / repository / name)


def _make(path: Path) -> None:
    if not path.exists():
        write_private(path, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
