"""A connection whose services live in the test: what was sent, and answers by service, method and path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orchestrator.engine.cloud.connection import Answer, Connection
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.session import OpenStackSession

Reply = tuple[int, Any]


class FakeOpenStack(Connection):
    """Subclasses answer in `reply`; headers of an answer stand under `Answer.headers`."""

    region = "RegionOne"
    own_project = "own-project"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, Any]]] = []

    @property
    def project_id(self) -> str:
        return self.own_project

    @property
    def project(self) -> str:
        return f"own ({self.own_project})"

    def has(self, service: str) -> bool:
        return True

    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        self.sent.append((method, f"{service}/{path}", options))
        status, body = self.reply(service, method, path, options)
        headers: Mapping[str, str] = {"x-openstack-request-id": "req-fake"}
        if isinstance(body, Headers):
            return Answer(status=status, headers=body.values, text="", body=None)
        return Answer(status=status, headers=headers, text=json.dumps(body), body=body)

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        raise NotImplementedError

    def session(self) -> OpenStackSession:
        return OpenStackSession(self, Locks())

    def writes(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path, _ in self.sent if method not in {"GET", "HEAD"}]


class Headers:
    """An answer that is all headers. Names are looked up without case, as HTTP has them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        from requests.structures import CaseInsensitiveDict  # noqa: PLC0415 (of the HTTP library, for tests only)

        self.values: Mapping[str, str] = CaseInsensitiveDict(values)
