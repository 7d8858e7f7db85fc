"""The hand-made cloud behind a real HTTP server on loopback, whose services can be told to misbehave.

All services stand behind one port, told apart by their path, as behind a reverse proxy: the hardest case for a reader
that must not let one of them take the others along.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hand_made_cloud import FakeCloud

from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.refusal import Refusal

ROOTS = {
    "identity": "/identity/v3",
    "compute": "/compute/v2.1",
    "block-storage": "/volume/v3",
    "network": "/network/v2.0",
    "placement": "/placement",
}
RUBBISH = {
    "null": b"null",
    "a list": b"[]",
    "an empty object": b"{}",
    "no JSON": b'{"servers": [',
    "NaN": b"NaN",
    "nothing": b"",
}


class MisbehavingCloud:
    """`faults`: service -> what it does instead of answering; `logins`: tokens given; `seen`: (service, path) asked.

    `expires_at`: what Keystone says of each token; it lives until `expire_after` so many calls.
    """

    def __init__(self, cloud: FakeCloud) -> None:
        self.cloud = cloud
        self.faults: dict[str, str] = {}
        self.retry_after = ""
        self.logins = 0
        self.expires_at = "2099-01-01T00:00:00Z"
        self.seen: list[tuple[str, str]] = []
        self.released = threading.Event()
        self.lock = threading.Lock()
        self.valid: set[str] = set()
        self.calls_left: int | None = None
        self.server = _Server(("127.0.0.1", 0), type("Bound", (_Handler,), {"outer": self}))
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), name="misbehaving-cloud")
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def expire_after(self, calls: int) -> None:
        """Every token given so far."""
        with self.lock:
            self.calls_left = calls

    def good(self, token: str) -> bool:
        with self.lock:
            if self.calls_left is not None:
                self.calls_left -= 1
                if self.calls_left < 0:
                    self.valid.clear()
                    self.calls_left = None
            return token in self.valid

    def release(self) -> None:
        """Let everything go that hangs now."""
        self.released.set()
        self.released = threading.Event()

    def token(self) -> str:
        with self.lock:
            self.logins += 1
            made = f"token-{self.logins}"
            self.valid.add(made)
            return made

    def door(self, folder: Path) -> Door:
        """As the exporter opens it."""
        auth = {"auth_url": f"{self.address}{ROOTS['identity']}", "username": "reader", "password": "x",
                "user_domain_id": "default", "project_name": "admin", "project_domain_id": "default"}  # fmt: skip
        file = folder / "clouds.yaml"
        file.write_text(json.dumps({"clouds": {"here": {"auth": auth, "identity_api_version": 3}}}))
        return open_door("here", {"OS_CLIENT_CONFIG_FILE": str(file)})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is none of ours."""


class _Handler(BaseHTTPRequestHandler):
    outer: MisbehavingCloud
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        entries = [
            {"type": service, "name": service, "id": service, "endpoints": [
                {"interface": "public", "region": "here", "region_id": "here", "id": service,
                 "url": f"{self.outer.address}{root}"}]}
            for service, root in ROOTS.items()
        ]  # fmt: skip
        body = {"token": {"expires_at": self.outer.expires_at, "issued_at": "2024-01-01T00:00:00Z", "catalog": entries}}
        self._send(201, json.dumps(body).encode(), token=self.outer.token())

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        service = next((name for name, root in ROOTS.items() if parts.path.startswith(root)), "")
        path = parts.path.removeprefix(ROOTS.get(service, "")).strip("/")
        if not path and service == "identity":
            link = {"rel": "self", "href": f"{self.outer.address}{ROOTS['identity']}/"}
            self._send(200, json.dumps({"version": {"id": "v3.14", "status": "stable", "links": [link]}}).encode())
            return
        with self.outer.lock:
            self.outer.seen.append((service, path))
        fault = self.outer.faults.get(service, "")
        if not self.outer.good(self.headers["X-Auth-Token"]):
            self._send(401, b'{"error": {"message": "token"}}')
        elif fault:
            self._misbehave(fault, service, path, parts.query)
        else:
            self._answer(service, path, parts.query)

    def _answer(self, service: str, path: str, query: str) -> None:
        self._send(*self._good(service, path, query))

    def _good(self, service: str, path: str, query: str) -> tuple[int, bytes]:
        params = {name: values[0] for name, values in parse_qs(query).items()}
        try:
            return 200, json.dumps(self.outer.cloud.get(service, path, params=params)).encode()
        except Refusal as refusal:
            return refusal.status, json.dumps({"error": {"message": refusal.message}}).encode()

    def _misbehave(self, fault: str, service: str, path: str, query: str) -> None:
        if fault == "hang":
            self.outer.released.wait(60)
            self.close_connection = True
        elif fault.isdigit():
            self._send(int(fault), b'{"error": {"message": "made up"}}')
        elif fault == "HTML":
            self._send(200, b"<html>It works!</html>", kind="text/html")
        elif fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
        elif fault == "truncated":
            _, body = self._good(service, path, query)
            self._send(200, body[: len(body) // 2], promised=len(body))
            self.close_connection = True
        elif fault == "wrong types":
            _, body = self._good(service, path, query)
            self._send(200, json.dumps(_turned(json.loads(body))).encode())
        else:
            self._send(200, RUBBISH[fault])

    def _send(
        self, status: int, body: bytes, *, kind: str = "application/json", token: str = "", promised: int | None = None
    ) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if promised is None else promised))
        if token:
            self.send_header("X-Subject-Token", token)
        if self.outer.retry_after and status >= 400:
            self.send_header("Retry-After", self.outer.retry_after)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 (the base class's name)
        """Quiet."""


def _turned(value: Any) -> Any:
    """Every number a text, every text a number, nothing else changed."""
    if isinstance(value, dict):
        return {name: _turned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_turned(one) for one in value]
    if isinstance(value, str):
        return 7
    return f"{value}!" if isinstance(value, int | float) and not isinstance(value, bool) else value
