"""Look-ups of identity: projects, users, groups, roles, and the services of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.lookups.matching import holds, named_like
from orchestrator.engine.cloud.lookups.reading import flag, moment, ordered
from orchestrator.engine.cloud.lookups.search import Ids, Search

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked, Body
    from orchestrator.engine.provider import Properties

_NAMED: Final = {"name": "name", "domainId": "domain_id"}
_QUERY: Final = frozenset(_NAMED)


class Projects(Search):
    """A credential that may not list all projects sees its own."""

    def _listed(self, asked: Asked, given: Properties) -> list[Body]:
        identity = asked.service(self.service)
        if self.alone in given:
            found = identity.find(f"projects/{quote(str(given[self.alone]), safe='')}")
            return [found["project"]] if found else []
        try:
            return super()._listed(asked, given)
        except ServiceFault as fault:
            if fault.status != HTTPStatus.FORBIDDEN:
                raise
            return identity.all(f"users/{asked.connection.access().user_id}/projects", "projects")


def _of_services(asked: Asked, bodies: list[Body]) -> list[Body]:
    """Endpoints with the name and the type of their services."""
    services = {one["id"]: one for one in asked.service("identity").all("services", "services")}
    known = [(body, services[body["service_id"]]) for body in bodies if body["service_id"] in services]
    return [{**body, "service": service.get("name"), "type": service["type"]} for body, service in known]


_PROJECTS: Final = Projects(
    service="identity",
    path="projects",
    many="projects",
    keys={**_NAMED, "enabled": flag("enabled"), "isDomain": flag("is_domain"), "parentId": "parent_id"},
    sent={"isDomain": "is_domain"},
    query=_QUERY | {"parentId"},
    defaults={"enabled": True, "isDomain": False},
)
PROJECT: Final = replace(
    _PROJECTS,
    keys={**_PROJECTS.keys, "projectId": "id"},
    told={"description": "description", "tags": ordered("tags")},
    alone="projectId",
)
PROJECT_IDS: Final = Ids(search=replace(_PROJECTS, filters={"nameRegex": named_like, "tags": holds("tags")}))
USER: Final = Search(
    service="identity",
    path="users",
    many="users",
    keys={**_NAMED, "enabled": flag("enabled")},
    query=_QUERY,
    sent={"enabled": "enabled", "idpId": "idp_id", "protocolId": "protocol_id", "uniqueId": "unique_id",
          "passwordExpiresAt": "password_expires_at"},
    told={"description": "description", "defaultProjectId": "default_project_id",
          "passwordExpiresAt": moment("password_expires_at")},
)  # fmt: skip
GROUP: Final = Search(
    service="identity", path="groups", many="groups", keys=_NAMED, query=_QUERY, told={"description": "description"}
)
ROLE: Final = Search(service="identity", path="roles", many="roles", keys=_NAMED, query=_QUERY)
SERVICE: Final = Search(
    service="identity",
    path="services",
    many="services",
    keys={"name": "name", "type": "type", "enabled": flag("enabled")},
    query=frozenset({"name", "type"}),
    told={"description": "description"},
)
ENDPOINT: Final = Search(
    service="identity",
    path="endpoints",
    many="endpoints",
    keys={"name": "name", "interface": "interface", "endpointRegion": "region_id", "serviceId": "service_id",
          "serviceName": "service", "serviceType": "type"},
    query=frozenset({"interface", "endpointRegion", "serviceId"}),
    told={"url": "url"},
    defaults={"interface": "public"},
    extended=_of_services,
)  # fmt: skip
