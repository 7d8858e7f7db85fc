"""Keystone: the token with its catalogue, projects with tags, and the short lists beside them."""

from __future__ import annotations

import json
from typing import Any

from stub_cloud.estate import Estate, Project
from stub_cloud.listing import Listing, Query
from stub_cloud.recording import Recording

SERVICE = "identity"
EXPIRES = "2099-01-01T00:00:00.000000Z"


class IdentityAnswers:
    def __init__(self, estate: Estate, recording: Recording) -> None:
        self._recording = recording
        template = recording.item(SERVICE, "projects")
        self._projects = Listing("projects", [_project(template, one) for one in estate.projects])

    def answer(self, path: str, query: Query) -> bytes | None:
        match path.strip("/").split("/"):
            case [""] | ["v3"]:
                return json.dumps(_root(self._recording, versioned=path.startswith("/v3"))).encode()
            case ["v3", "projects"]:
                return self._projects.answer(query)
            case ["v3", ("domains" | "regions" | "users" | "groups") as name]:
                return json.dumps(self._recording.body(SERVICE, name)).encode()
            case ["v3", ("limits" | "registered_limits") as name]:
                return json.dumps({name: []}).encode()
            case ["v3", "auth", "tokens"]:
                return token(self._recording)
        return None


def token(recording: Recording) -> bytes:
    """The body for a new token: valid for longer than any run, all roles of the recorded one."""
    body = recording.body(SERVICE, "token")
    body["token"]["expires_at"] = EXPIRES
    return json.dumps(body).encode()


def _root(recording: Recording, *, versioned: bool) -> Any:
    root = recording.body(SERVICE, "root")
    return {"version": root["versions"]["values"][0]} if versioned else root


def _project(template: dict[str, Any], project: Project) -> dict[str, Any]:
    return {
        **template,
        "id": project.id,
        "name": project.name,
        "description": project.name,
        "tags": ["mutualis", f"tenant={project.tenant}"] if project.tenant else [],
        "links": {"self": template["links"]["self"].replace(template["id"], project.id)},
    }
