"""The identity part: projects, and which tenant each belongs to. One call."""

from __future__ import annotations

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, text
from orchestrator.errors import PermanentFailure
from orchestrator.model.project_tag import tenant_of
from orchestrator.model.snapshot import ProjectRef


def read_identity(door: Door) -> tuple[ProjectRef, ...]:
    """All projects that the credential sees. Keystone does not page: a list cut short is an error, not a truth."""
    body = mapping(door.get("identity", "projects"))
    if body.get("truncated"):
        raise PermanentFailure(
            "Keystone cut the list of projects short", hint="raise list_limit of [DEFAULT] or [resource] in Keystone"
        )
    return tuple(
        ProjectRef(
            id=text(project["id"]),
            name=text(project["name"]),
            tenant=tenant_of([text(tag) for tag in project.get("tags", ())]),
        )
        for project in items(body["projects"])
    )
