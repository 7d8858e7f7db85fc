"""A role given to a user or group on a project or domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.link import Link

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends


class RoleAssignment(Link):
    ends = ("domainId", "projectId", "groupId", "userId", "roleId")

    def tie(self, action: Action, ends: Ends) -> None:
        action.service().put(_place(ends), None)

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        query = {"role.id": ends.get("roleId", "")}
        query |= {"scope.project.id": ends["projectId"]} if "projectId" in ends else {}
        query |= {"scope.domain.id": ends["domainId"]} if "domainId" in ends else {}
        query |= {"group.id": ends["groupId"]} if "groupId" in ends else {}
        query |= {"user.id": ends["userId"]} if "userId" in ends else {}
        found = action.service().find("role_assignments", **query)
        return {} if found and found["role_assignments"] else None

    def untie(self, action: Action, ends: Ends) -> None:
        action.service().delete(_place(ends))


def _place(ends: Ends) -> str:
    scope = f"projects/{ends['projectId']}" if "projectId" in ends else f"domains/{ends.get('domainId', '')}"
    actor = f"users/{ends['userId']}" if "userId" in ends else f"groups/{ends.get('groupId', '')}"
    return f"{scope}/{actor}/roles/{ends.get('roleId', '')}"
