"""Who the token is, where it acts, and what the cloud's catalogue has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.lookups.asked import Asked

_TOLD: Final = {
    "userId": "user_id", "userName": "username", "userDomainId": "user_domain_id",
    "userDomainName": "user_domain_name", "projectId": "project_id", "projectName": "project_name",
    "projectDomainId": "project_domain_id", "projectDomainName": "project_domain_name",
    "domainId": "domain_id", "domainName": "domain_name",
}  # fmt: skip
_ENDPOINT: Final = {"id": "id", "interface": "interface", "region": "region", "regionId": "region_id", "url": "url"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The token itself is told only where `setTokenId` asks for it."""

    arguments: frozenset[str] = frozenset({"name", "setTokenId", REGION})
    required: frozenset[str] = frozenset({"name"})
    results: frozenset[str] = frozenset({*_TOLD, "roles", "serviceCatalogs", "tokenId", "name", "id", REGION})

    def __call__(self, asked: Asked) -> dict[str, Any]:
        access = asked.connection.access()
        return {
            **asked.given,
            **{name: getattr(access, attribute) or "" for name, attribute in _TOLD.items()},
            "id": str(asked.given["name"]),
            REGION: asked.region,
            "roles": _roles(access),
            "serviceCatalogs": [_service(entry) for entry in access.service_catalog.catalog],
            "tokenId": access.auth_token if asked.given.get("setTokenId") else "",
        }


def _roles(access: Any) -> list[dict[str, str]]:
    pairs = zip(access.role_ids or (), access.role_names or (), strict=True)
    return [{"roleId": id_, "roleName": name} for id_, name in pairs]


def _service(entry: Mapping[str, Any]) -> dict[str, Any]:
    endpoints = [{name: one.get(key) or "" for name, key in _ENDPOINT.items()} for one in entry["endpoints"]]
    return {"id": entry.get("id", ""), "name": entry.get("name", ""), "type": entry["type"], "endpoints": endpoints}


AUTH_SCOPE: Final = Scope()
