"""One login for a credential, whatever number of threads works with it, and how many calls a service gets at once."""

import json
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from orchestrator.engine.cloud.connection import Connection, Identity
from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.cloud.settings import settings_of
from orchestrator.engine.cloud.unreached import NotSent
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.provider import ProviderError


class SmallCloud:
    """A Keystone and a Neutron in one server. `valid`: tokens that Neutron takes; `most`: calls at once, seen."""

    def __init__(self) -> None:
        handler = type("Handler", (_Handler,), {"cloud": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.lock = threading.Lock()
        self.logins: list[dict[str, Any]] = []
        self.valid: set[str] = set()
        self.seconds = 0.0
        self.inside = self.most = 0
        self.received: list[bytes] = []

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "OS_AUTH_URL": f"{self.address}/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_PROJECT_NAME": "own",
            "OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default", **more,
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cloud: SmallCloud

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        cloud = self.cloud
        auth = body["auth"]["identity"]
        if "token" in auth and auth["token"]["id"] not in cloud.valid:
            self._answer(401, {"error": {"message": "revoked"}})
            return
        with cloud.lock:
            cloud.logins.append(body)
            token = uuid.uuid4().hex
            cloud.valid.add(token)
        catalog = [{"type": "network", "endpoints": [{"interface": "public", "url": cloud.address, "region": "R"}]}]
        self._answer(201, {"token": {"expires_at": "2099-01-01T00:00:00Z", "catalog": catalog}}, token)

    def do_GET(self) -> None:
        cloud = self.cloud
        if self.path.startswith("/v3"):
            here = {"rel": "self", "href": f"{cloud.address}/v3/"}
            self._answer(200, {"version": {"id": "v3.14", "status": "stable", "links": [here]}})
            return
        with cloud.lock:
            cloud.inside += 1
            cloud.most = max(cloud.most, cloud.inside)
        if cloud.seconds:
            time.sleep(cloud.seconds)  # noqa: TID251  a slow service
        with cloud.lock:
            cloud.inside -= 1
        good = self.headers["X-Auth-Token"] in cloud.valid
        self._answer(200 if good else 401, {"networks": []} if good else {"error": {"message": "no"}})

    def do_PUT(self) -> None:
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        self.cloud.received.append(b"".join(pieces))
        self._answer(204 if self.headers["X-Auth-Token"] in self.cloud.valid else 401, {})

    def _answer(self, status: int, body: Any, token: str = "") -> None:
        data = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if token:
            self.send_header("X-Subject-Token", token)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 the base class's name
        """Quiet."""


@pytest.fixture
def cloud() -> Iterator[SmallCloud]:
    made = SmallCloud()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def connections(cloud: SmallCloud, scopes: list[dict[str, str]], **more: str) -> list[Connection]:
    """One identity in several scopes."""
    settings = [settings_of(scope, cloud.environment(**more)) for scope in scopes]
    identity = Identity(settings[0])
    return [Connection(identity, one) for one in settings]


def ask(connection: Connection) -> Any:
    return Service(connection, "network", Deadline(20)).get("networks")


def test_a_revoked_token_costs_one_login_for_all_threads(cloud: SmallCloud) -> None:
    """Thirty-two calls under way are refused at once: one new login, and all of them go on."""
    (connection,) = connections(cloud, [{}], OS_CALLS_AT_ONCE="32")
    ask(connection)
    cloud.valid.clear()
    cloud.seconds = 0.1

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: ask(connection), range(32)))

    assert answers == [{"networks": []}] * 32
    assert len(cloud.logins) == 2


def test_scopes_of_one_credential_share_its_renewal(cloud: SmallCloud) -> None:
    """Eight tenants' tokens and the one they were exchanged for are revoked: one password, eight exchanges again."""
    scoped = connections(cloud, [{"tenantId": f"p{number}"} for number in range(8)])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, scoped))
        cloud.valid.clear()
        cloud.logins.clear()
        cloud.seconds = 0.05
        list(pool.map(ask, scoped))

    methods = [login["auth"]["identity"]["methods"][0] for login in cloud.logins]
    assert sorted(methods) == ["password", *["token"] * 8]


def test_a_token_that_stays_refused_is_told(cloud: SmallCloud) -> None:
    """A credential that lost its role is not tried for ever."""
    (connection,) = connections(cloud, [{}])
    cloud.valid = type("Never", (set,), {"add": lambda _self, _token: None})()

    with pytest.raises(ProviderError, match="401"):
        ask(connection)
    assert len(cloud.logins) == 2


def test_a_stream_is_not_sent_again_with_a_new_token(cloud: SmallCloud) -> None:
    """Its bytes are gone: the refusal is told, and the next call has the new token's chance."""
    (connection,) = connections(cloud, [{}])
    ask(connection)
    cloud.valid.clear()

    with pytest.raises(ProviderError, match="401"):
        Service(connection, "network", Deadline(5)).call("PUT", "file", data=iter([b"ab", b"c"]))
    assert cloud.received == [b"abc"]


@pytest.mark.parametrize(("at_once", "most"), [("1", 1), ("3", 3)])
def test_a_service_gets_no_more_calls_at_once_than_was_said(cloud: SmallCloud, at_once: str, most: int) -> None:
    """Two credentials, twelve threads, one service: the bound is the service's, not the credential's."""
    first, second = (connections(cloud, [{}], OS_CALLS_AT_ONCE=at_once)[0] for _ in range(2))
    cloud.seconds = 0.03

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(ask, [first, second] * 6))

    assert cloud.most == most


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5"])
def test_a_bound_that_is_none_is_refused(text: str) -> None:
    """By its name, before anything is sent."""
    with pytest.raises(ProviderError, match="OS_CALLS_AT_ONCE"):
        settings_of({}, {"OS_CALLS_AT_ONCE": text})


def test_a_refused_connection_surely_sent_nothing(cloud: SmallCloud) -> None:
    """So even a creation may be tried again."""
    (connection,) = connections(cloud, [{}])
    ask(connection)
    cloud.server.shutdown()
    cloud.server.server_close()
    connection._identity.http.session.close()  # drops the connections that are still open
    connection._roots["network"] = "http://127.0.0.1:1"

    with pytest.raises(NotSent, match="Connection refused"):
        connection.send("network", "POST", "networks", json={})
