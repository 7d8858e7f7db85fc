"""An object store as its API shows it: containers of headers, objects with versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from fake_openstack import FakeOpenStack, Headers, Reply

KEPT = ("X-Container-Read", "X-Container-Write", "X-Versions-Enabled", "X-Storage-Policy", "X-History-Location",
        "X-Versions-Location", "X-Container-Sync-Key", "X-Container-Sync-To", "Content-Type")  # fmt: skip


class FakeSwift(FakeOpenStack):
    """`without`: headers of features that the store does not have: taken, and forgotten."""

    def __init__(self, *, without: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.without = without
        self.containers: dict[str, dict[str, str]] = {}
        self.objects: dict[str, list[dict[str, Any]]] = {}

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        name, _, rest = path.partition("/")
        if rest:
            return self._object(name, rest)
        if method == "PUT":
            known = name in self.containers
            self._keep(self.containers.setdefault(name, {}), options.get("headers", {}))
            return (202 if known else 201), None
        if name not in self.containers:
            return 404, None
        return self._known(method, name, options)

    def _known(self, method: str, name: str, options: Mapping[str, Any]) -> Reply:
        objects = self.objects.setdefault(name, [])
        if method == "DELETE":
            if objects:
                return 409, "<html><h1>Conflict</h1></html>"
            del self.containers[name]
            return 204, None
        if method == "GET":
            return 200, list(objects)
        if method == "POST":
            self._keep(self.containers[name], options["headers"])
            return 204, None
        return 204, Headers({**self.containers[name], "X-Container-Object-Count": str(len(objects))})

    def _keep(self, container: dict[str, str], headers: Mapping[str, str]) -> None:
        for name, text in headers.items():
            if name.startswith("X-Remove-"):
                container.pop(name.replace("X-Remove-", "X-").title(), None)
            elif name in self.without:
                continue
            elif name.startswith("X-Container-Meta-") or name in KEPT:
                container[name.title()] = text

    def _object(self, container: str, path: str) -> Reply:
        key, _, version = unquote(path).partition("?version-id=")
        before = self.objects[container]
        self.objects[container] = [found for found in before
                                   if (found["name"], found.get("version_id", "")) != (key, version)]  # fmt: skip
        return (204, None) if len(self.objects[container]) < len(before) else (404, None)
