"""A connection to no cloud: what each path answers is written down."""

from __future__ import annotations

import threading
from typing import Any

from orchestrator.engine.cloud.connection import Answer, Connection


class Cloud(Connection):
    """Answers by service and path; a status alone is a refusal. `sent`: what was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = answers
        self.sent: list[str] = []
        self.region = "R"
        self._lock = threading.Lock()

    @property
    def project(self) -> str:
        return "own (p1)"

    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        with self._lock:
            self.sent.append(path)
        told = self.answers.get(path, 404)
        status, body = (told, {}) if isinstance(told, int) else (200, told)
        return Answer(status=status, headers={"x-openstack-request-id": "r"}, text="no", body=body)
