"""A token of one scope exchanged for one of another, so that a password travels once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keystoneauth1 import exceptions
from keystoneauth1.identity.v3 import Auth, TokenMethod

from orchestrator.engine.cloud.renewal import discard

if TYPE_CHECKING:
    from keystoneauth1.access import AccessInfo, AccessInfoV3
    from keystoneauth1.identity.base import BaseIdentityPlugin
    from keystoneauth1.session import Session


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
