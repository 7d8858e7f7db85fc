"""Tokens that a service refuses although their time has not come: thrown away once, whoever notices first.

Many threads hold the same token. Each that is refused says which one it was; only the first makes the identity log
in again, the others find the new token. Without this, a revoked token costs a login for every call under way.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keystoneauth1.identity.base import BaseIdentityPlugin

_lock = Lock()  # held for a comparison; no login happens under it


def discard(plugin: BaseIdentityPlugin, token: str | None) -> None:
    """Make the plugin log in again, unless it has a newer token already."""
    with _lock:
        held = plugin.auth_ref
        if held is not None and held.auth_token == token:
            plugin.invalidate()
