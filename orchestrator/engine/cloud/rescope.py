"""Tokens: one of one scope exchanged for one of another, so that a password travels once; refused ones renewed once.

Many threads hold the same token. Each that is refused says which one it was; only the first makes the identity log
in again, the others find the new token. Without this, a revoked token costs a login for every call under way.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from keystoneauth1 import exceptions
from keystoneauth1.identity.v3 import Auth, TokenMethod

if TYPE_CHECKING:
    from keystoneauth1.access import AccessInfo, AccessInfoV3
    from keystoneauth1.identity.base import BaseIdentityPlugin
    from keystoneauth1.session import Session


_comparing = Lock()  # no login happens under it


def discard(plugin: BaseIdentityPlugin, token: str | None) -> None:
    """Make the plugin log in again, unless it has a newer token already."""
    with _comparing:
        held = plugin.auth_ref
        if held is not None and held.auth_token == token:
            plugin.invalidate()


class Rescoped(Auth):
    """`origin`'s identity in another scope (keystoneauth's names: project_id, domain_name ...).

    A project given by name lies in the origin's own project domain unless said otherwise.
    """

    def __init__(self, origin: BaseIdentityPlugin, scope: dict[str, str]) -> None:
        super().__init__(origin.auth_url or "", [], unscoped=False, **_keywords(scope))
        self._origin = origin

    def get_auth_ref(self, session: Session) -> AccessInfoV3:
        access = self._origin.get_access(session)
        try:
            return self._exchange(session, access)
        except exceptions.Unauthorized:  # the origin's token was revoked or has expired: ask for a new one, once
            discard(self._origin, access.auth_token)
            return self._exchange(session, self._origin.get_access(session))

    def _exchange(self, session: Session, access: AccessInfo) -> AccessInfoV3:
        self.auth_methods = [TokenMethod(token=access.auth_token or "")]
        if self.project_name and not (self.project_domain_id or self.project_domain_name):
            self.project_domain_id = access.project_domain_id or access.user_domain_id
        return super().get_auth_ref(session)


def _keywords(scope: dict[str, str]) -> dict[str, Any]:
    return dict(scope)
