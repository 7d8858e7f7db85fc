"""Look-ups of projects, users, groups and roles, and of who the token is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search

if TYPE_CHECKING:
    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.provider import Properties

_NAMED: Final = frozenset({"name", "domainId"})


def _user(action: Action, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 (one signature)
    return {"passwordExpiresAt": body.get("password_expires_at") or ""}


PROJECT: Final = Search(
    kind="openstack:identity/project:Project",
    keys={"name": "name", "domainId": "domain_id", "enabled": "enabled", "isDomain": "is_domain",
          "parentId": "parent_id", "projectId": "id"},
    query=_NAMED | {"parentId"},
    own_id="projectId",
)  # fmt: skip
USER: Final = Search(
    kind="openstack:identity/user:User",
    keys={"name": "name", "domainId": "domain_id", "enabled": "enabled"},
    query=_NAMED | {"enabled"},
    told=_user,
)
GROUP: Final = Search(
    kind="openstack:identity/groupV3:GroupV3", keys={"name": "name", "domainId": "domain_id"}, query=_NAMED
)
ROLE: Final = Search(kind="openstack:identity/role:Role", keys={"name": "name", "domainId": "domain_id"}, query=_NAMED)


def auth_scope(connection: Connection, locks: Locks, arguments: Properties) -> dict[str, Any]:  # noqa: ARG001 (one signature)
    """The token's user, project, roles and catalogue. The token itself is told only when asked for."""
    access = connection.access()
    told = {
        "userId": access.user_id,
        "userName": access.username,
        "userDomainId": access.user_domain_id,
        "userDomainName": access.user_domain_name,
        "projectId": access.project_id,
        "projectName": access.project_name,
        "projectDomainId": access.project_domain_id,
        "projectDomainName": access.project_domain_name,
        "domainId": access.domain_id,
        "domainName": access.domain_name,
    }
    roles = [
        {"roleId": id_, "roleName": name}
        for id_, name in zip(access.role_ids or (), access.role_names or (), strict=True)
    ]
    token = {"tokenId": access.auth_token} if arguments.get("setTokenId") else {}
    return {
        "name": arguments.get("name", ""),
        "id": arguments.get("name", ""),
        "region": arguments.get("region") or connection.region,
        "roles": roles,
        "serviceCatalogs": [_service(entry) for entry in access.service_catalog.catalog],
        **{name: value or "" for name, value in told.items()},
        **token,
    }


def _service(entry: Any) -> dict[str, Any]:
    endpoints = [
        {"id": endpoint.get("id", ""), "interface": endpoint["interface"], "region": endpoint.get("region") or "",
         "regionId": endpoint.get("region_id") or "", "url": endpoint["url"]}
        for endpoint in entry["endpoints"]
    ]  # fmt: skip
    return {"id": entry.get("id", ""), "name": entry.get("name", ""), "type": entry["type"], "endpoints": endpoints}
