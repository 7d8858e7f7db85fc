"""Access of one project to something that is not public: granted and withdrawn by actions on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.link import Link

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends


class Access(Link):
    """`path`: of the collection; `many`, `owner`: names in the answer of `listing`."""

    def __init__(
        self, *, ends: tuple[str, str], path: str, actions: tuple[str, str], tenant: str, listing: str
    ) -> None:
        self.ends = ends
        self._path = path
        self._grant, self._withdraw = actions
        self._tenant = tenant
        self._listing = listing

    def tie(self, action: Action, ends: Ends) -> None:
        self._act(action, ends, self._grant)

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        found = action.service().find(f"{self._path}/{ends[self.ends[0]]}/{self._listing}")
        entries = next(iter(found.values())) if found else []
        project = ends[self.ends[1]]
        return {} if any(project in {entry.get("tenant_id"), entry.get("project_id")} for entry in entries) else None

    def untie(self, action: Action, ends: Ends) -> None:
        try:
            self._act(action, ends, self._withdraw)
        except ServiceFault as fault:
            if fault.status != HTTPStatus.NOT_FOUND:
                raise

    def _act(self, action: Action, ends: Ends, verb: str) -> None:
        object_, project = (ends[name] for name in self.ends)
        action.service().post(f"{self._path}/{object_}/action", {verb: {self._tenant: project}})


FLAVOR_ACCESS = Access(
    ends=("flavorId", "tenantId"),
    path="flavors",
    actions=("addTenantAccess", "removeTenantAccess"),
    tenant="tenant",
    listing="os-flavor-access",
)
VOLUME_TYPE_ACCESS = Access(
    ends=("volumeTypeId", "projectId"),
    path="types",
    actions=("addProjectAccess", "removeProjectAccess"),
    tenant="project",
    listing="os-volume-type-access",
)
